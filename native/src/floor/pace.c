#include "pace.h"

#include <errno.h>
#include <time.h>

#include "../core/clock.h"
#include "floor.h"

/** Steps of this share of the interval never come back to where they were soon. */
#define GOLDEN 0.6180339887498949

floor_pace floor_pace_at(double rate, double at_most) {
  floor_pace pace = {0};
  if (rate <= 0) return pace;
  pace.interval_ns = (uint64_t)((double)BH_NS_PER_S / rate);
  if (at_most > 0 && rate > at_most) pace.rest_ns = (uint64_t)(FLOOR_BURST * ((double)BH_NS_PER_S / at_most - (double)BH_NS_PER_S / rate));
  return pace;
}

int floor_pace_wait(floor_pace *pace, bool *after_rest, bh_failure *failure) {
  *after_rest = false;
  if (pace->interval_ns == 0) return 0;
  uint64_t now = bh_now_ns();
  if (pace->count == 0) pace->due_ns = now;
  pace->due_ns += pace->interval_ns;
  if (pace->count % FLOOR_BURST == 0 && pace->count > 0) {
    pace->due_ns += pace->rest_ns + (uint64_t)(GOLDEN * (double)pace->interval_ns);
    *after_rest = pace->rest_ns > 0;
  }
  pace->count += 1;
  if (now > pace->due_ns) pace->due_ns += (now - pace->due_ns + pace->interval_ns - 1) / pace->interval_ns * pace->interval_ns;
  const struct timespec due = bh_timespec(pace->due_ns);
  while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL) == EINTR)
    if (floor_stop != 0) return floor_stopped(failure);
  return floor_stop != 0 ? floor_stopped(failure) : 0;
}
