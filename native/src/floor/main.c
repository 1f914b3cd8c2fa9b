#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>

#include "../core/clock.h"
#include "floor.h"

static const char usage[] =
    "Usage: bulkhead-floor --method NAME [--size BYTES] [--count N] [--warmup N] [--cpu-a N --cpu-b N] [--spin-ns N]\n"
    "                      [--rate HZ [--at-most HZ]] [--timeout-s S]\n"
    "       bulkhead-floor --method NAME --rate HZ [--at-most HZ] [--size BYTES] --follow\n"
    "       bulkhead-floor --list\n\n"
    "Sends a message to a second process and back, N times, one at a time, with no JavaScript anywhere, and prints the\n"
    "round-trip times as one line of JSON. Defaults: 64 bytes, 1000 round trips, 100 before them, 60 seconds at most.\n"
    "An end sleeps until its message is there; with --spin-ns it looks for it for so long before it sleeps.\n"
    "With --rate so many messages a second, both ends asleep in between; --at-most bounds their average, by bursts of 20\n"
    "at the rate. --follow goes on until it is ended, and prints a line of JSON for each fifth of a second: when each\n"
    "message was sent (CLOCK_MONOTONIC) and its round-trip time. The first of a burst after a rest is left out.\n"
    "Exit codes: 0 measured, 1 failed, 2 wrong arguments, 3 the method or the CPU is not to be had here.\n";

static int refuse(const char *format, const char *detail) {
  fprintf(stderr, format, detail);
  fputc('\n', stderr);
  return FLOOR_BAD_ARGUMENTS;
}

/** Digits only, within the limits. */
static bool number(const char *text, unsigned long long least, unsigned long long most, unsigned long long *value) {
  char *end;
  if (text[0] < '0' || text[0] > '9') return false;
  errno = 0;
  *value = strtoull(text, &end, 10);
  return errno == 0 && *end == '\0' && *value >= least && *value <= most;
}

/** An exit code, or -1 to go on. */
static int parse(int argc, char **argv, floor_plan *plan, bool *list) {
  static const struct option options[] = {{"method", 1, NULL, 'm'},   {"size", 1, NULL, 's'},   {"count", 1, NULL, 'n'},
                                          {"warmup", 1, NULL, 'w'},   {"cpu-a", 1, NULL, 'a'},  {"cpu-b", 1, NULL, 'b'},
                                          {"timeout-s", 1, NULL, 't'}, {"spin-ns", 1, NULL, 'p'}, {"rate", 1, NULL, 'r'},
                                          {"at-most", 1, NULL, 'o'}, {"follow", 0, NULL, 'f'}, {"list", 0, NULL, 'l'},  {"help", 0, NULL, 'h'},
                                          {0}};
  unsigned long long value = 0;
  int option;
  opterr = 0;
  while ((option = getopt_long(argc, argv, "hn:", options, NULL)) != -1) {
    switch (option) {
      case 'm':
        plan->method = floor_find(optarg);
        if (plan->method == NULL) return refuse("There is no method named %s; --list names them.", optarg);
        break;
      case 's':
        if (!number(optarg, 0, FLOOR_MAX_BYTES, &value)) return refuse("--size takes 0 to 16777216 bytes, not %s.", optarg);
        plan->size = (size_t)value;
        break;
      case 'n':
        if (!number(optarg, 1, 10000000, &value)) return refuse("--count takes 1 to 10000000, not %s.", optarg);
        plan->count = (size_t)value;
        break;
      case 'w':
        if (!number(optarg, 0, 10000000, &value)) return refuse("--warmup takes 0 to 10000000, not %s.", optarg);
        plan->warmup = (size_t)value;
        break;
      case 'a':
      case 'b':
        if (!number(optarg, 0, 1023, &value)) return refuse("A CPU is a number from 0 to 1023, not %s.", optarg);
        *(option == 'a' ? &plan->cpu_a : &plan->cpu_b) = (int)value;
        break;
      case 't':
        if (!number(optarg, 1, 86400, &value)) return refuse("--timeout-s takes 1 to 86400 seconds, not %s.", optarg);
        plan->timeout_s = (unsigned)value;
        break;
      case 'p':
        if (!number(optarg, 0, BH_NS_PER_S, &value)) return refuse("--spin-ns takes 0 to 1000000000 nanoseconds, not %s.", optarg);
        plan->spin_ns = value;
        break;
      case 'r':
      case 'o':
        if (!number(optarg, 1, 100000, &value)) return refuse("A rate is 1 to 100000 messages a second, not %s.", optarg);
        *(option == 'r' ? &plan->rate : &plan->at_most) = (double)value;
        break;
      case 'f':
        plan->follow = true;
        break;
      case 'l':
        *list = true;
        break;
      case 'h':
        fputs(usage, stdout);
        return FLOOR_DONE;
      default:
        return refuse("The argument %s is not understood; --help names them all.", argv[optind - 1]);
    }
  }
  if (optind < argc) return refuse("The argument %s is not understood; --help names them all.", argv[optind]);
  if (*list) return -1;
  if (plan->method == NULL) return refuse("%s", "Name a method with --method; --list names them.");
  if (plan->spin_ns > 0 && !plan->method->may_spin)
    return refuse("--spin-ns is not for %s: how it waits is what it is.", plan->method->name);
  if (plan->rate == 0 && (plan->follow || plan->at_most > 0)) return refuse("%s", "--follow and --at-most want a --rate.");
  if (plan->follow && plan->method->keeps_looking)
    return refuse("%s is not to be followed: its ends look for messages all the time and would keep a core busy.", plan->method->name);
  char limits[96];
  snprintf(limits, sizeof limits, "%zu to %zu bytes", plan->method->least, plan->method->most);
  if (plan->size < plan->method->least || plan->size > plan->method->most)
    return refuse("A message of this method has %s.", limits);
  return -1;
}

/** Texts here hold no character that JSON would escape, except what strerror and paths may bring. */
static void print_string(const char *text) {
  putchar('"');
  for (; *text != '\0'; text++) {
    if (*text == '"' || *text == '\\') putchar('\\');
    putchar((unsigned char)*text < 32 ? ' ' : *text);
  }
  putchar('"');
}

static int list_methods(void) {
  printf("{\"version\":1,\"methods\":[");
  for (size_t i = 0; i < floor_method_count; i++) {
    const floor_method *method = &floor_methods[i];
    floor_end first, second;
    bh_failure failure;
    bool available = floor_open(method, 64, &first, &second, &failure) == FLOOR_DONE;
    printf("%s{\"method\":\"%s\",\"available\":%s,\"reason\":", i == 0 ? "" : ",", method->name, available ? "true" : "false");
    if (available) printf("null");
    else print_string(failure.text);
    printf(",\"min_bytes\":%zu,\"max_bytes\":%zu,\"wait\":\"%s\"}", method->least, method->most, method->wait);
    if (!available) continue;
    floor_close(&first);
    floor_close(&second);
  }
  puts("]}");
  return FLOOR_DONE;
}

static void print_cpu(const char *name, int cpu) {
  if (cpu < 0) printf(",\"%s\":null", name);
  else printf(",\"%s\":%d", name, cpu);
}

/** Whoever sent the signal sees that it was obeyed. */
static void obey_signal(void) {
  if (floor_stop != SIGINT && floor_stop != SIGTERM && floor_stop != SIGHUP) return;
  signal((int)floor_stop, SIG_DFL);
  raise((int)floor_stop);
}

/** Nobody is to go on measuring for a parent that is gone: one that goes before the prctl leaves a pipe that nobody reads. */
static int follow(floor_plan *plan) {
  bh_failure failure;
  plan->timeout_s = 0;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  int outcome = floor_run(plan, NULL, &failure);
  fprintf(stderr, "%s: %s\n", plan->method->name, failure.text);
  obey_signal();
  return outcome;
}

static int run(const floor_plan *plan) {
  bh_failure failure;
  floor_result result = {.rtt_ns = calloc(plan->count, sizeof *result.rtt_ns)};
  if (result.rtt_ns == NULL) {
    fputs("There is no memory for that many round trips.\n", stderr);
    return FLOOR_FAILED;
  }
  int outcome = floor_run(plan, &result, &failure);
  if (outcome != FLOOR_DONE) {
    fprintf(stderr, "%s: %s\n", plan->method->name, failure.text);
  } else {
    printf("{\"version\":1,\"method\":\"%s\",\"size\":%zu,\"warmup\":%zu,\"count\":%zu", plan->method->name, plan->size, plan->warmup, plan->count);
    print_cpu("cpu_a", plan->cpu_a);
    print_cpu("cpu_b", plan->method->kernel_answers ? -1 : plan->cpu_b);
    printf(",\"rtt_ns\":[");
    for (size_t i = 0; i < result.measured; i++) printf(i == 0 ? "%llu" : ",%llu", (unsigned long long)result.rtt_ns[i]);
    printf("],\"lost\":%zu,\"rate\":%g,\"cpu_ns_per_round_trip\":%.0f,\"switches_per_round_trip\":%.2f,\"switches\":%ld,\"clock_resolution_ns\":%llu,\"wait\":\"%s\",\"spin_ns\":%llu}\n", result.lost, plan->rate, result.cpu_ns, result.all_switches, result.switches,
           (unsigned long long)bh_clock_resolution_ns(), plan->spin_ns > 0 ? "looking, sched_yield after each look, then asleep in poll()" : plan->method->wait,
           (unsigned long long)plan->spin_ns);
  }
  free(result.rtt_ns);
  if (fflush(stdout) != 0) return FLOOR_FAILED;
  obey_signal();
  return outcome;
}

int main(int argc, char **argv) {
  floor_plan plan = {.size = 64, .count = 1000, .warmup = 100, .cpu_a = -1, .cpu_b = -1, .timeout_s = 60};
  bool list = false;
  int code = parse(argc, argv, &plan, &list);
  if (code >= 0) return code;
  if (list) return list_methods();
  return plan.follow ? follow(&plan) : run(&plan);
}
