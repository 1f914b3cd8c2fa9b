#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "../core/clock.h"
#include "floor.h"
#include "pace.h"

/** Whoever reads gets lines of so many round trips at most, and one at least so often while there are any. */
#define LINE_MOST 256u
#define LINE_EVERY_NS (BH_NS_PER_S / 5)

typedef struct {
  uint64_t sent_ns[LINE_MOST];
  uint64_t rtt_ns[LINE_MOST];
  size_t count;
  size_t lost;
  uint64_t began_ns;
} line;

static void print_column(const char *name, const uint64_t *values, size_t count) {
  printf("\"%s\":[", name);
  for (size_t i = 0; i < count; i++) printf(i == 0 ? "%llu" : ",%llu", (unsigned long long)values[i]);
  putchar(']');
}

/** -1 when nobody reads any more. */
static int print_line(line *said, bh_failure *failure) {
  putchar('{');
  print_column("sent_ns", said->sent_ns, said->count);
  putchar(',');
  print_column("rtt_ns", said->rtt_ns, said->count);
  printf(",\"lost\":%zu}\n", said->lost);
  said->count = said->lost = 0;
  if (fflush(stdout) == 0) return 0;
  return bh_fail(failure, 0, "write", "Nobody reads the results: %s.", strerror(errno));
}

int floor_follow(const floor_plan *plan, floor_end *end, bh_failure *failure) {
  static line said;
  floor_pace pace = floor_pace_at(plan->rate, plan->at_most);
  bool counted = false; /* the first waits for the peer to have started */
  said.began_ns = bh_now_ns();
  for (;;) {
    bool after_rest;
    if (floor_pace_wait(&pace, &after_rest, failure) != 0) return -1;
    const uint64_t sent_at = bh_now_ns();
    if (end->moves->send(end, failure) != 0) return -1;
    const int outcome = end->moves->receive(end, failure);
    const uint64_t answered_at = bh_now_ns();
    if (outcome < 0) return -1;
    if (counted && outcome == 1) said.lost += 1;
    /* One that comes after a rest finds both ends deeper asleep than the pings that it stands beside. */
    if (counted && outcome == 0 && !after_rest) {
      said.sent_ns[said.count] = sent_at;
      said.rtt_ns[said.count++] = answered_at - sent_at;
    }
    counted = true;
    if (said.count < LINE_MOST && answered_at - said.began_ns < LINE_EVERY_NS) continue;
    said.began_ns = answered_at;
    if (said.count + said.lost > 0 && print_line(&said, failure) != 0) return -1;
  }
}
