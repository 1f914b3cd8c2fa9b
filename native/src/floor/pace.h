#ifndef BH_FLOOR_PACE_H
#define BH_FLOOR_PACE_H

#include <stdbool.h>
#include <stdint.h>

#include "../core/failure.h"

/** Messages in a row at one phase. */
#define FLOOR_BURST 20u

/** When the next message is due, on CLOCK_MONOTONIC: the pauses of an open loop, in which both ends are asleep. */
typedef struct {
  uint64_t interval_ns; /* 0: no pauses */
  uint64_t rest_ns;     /* between two bursts, besides the interval; 0: none */
  uint64_t due_ns;
  uint64_t count;
} floor_pace;

/** `rate` and `at_most` in messages a second; 0 for no pauses, and no bound on the average. */
floor_pace floor_pace_at(double rate, double at_most);

/**
 * Sleeps until the next message is due. What is due while the last is still under way is left out. Every burst has
 * another phase, so that it never stays in step with somebody else's messages at the same rate. `*after_rest` says that
 * the ends have slept for longer than the interval. Returns 0, or -1 when told to stop.
 */
int floor_pace_wait(floor_pace *pace, bool *after_rest, bh_failure *failure);

#endif
