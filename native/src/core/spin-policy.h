#ifndef BH_SPIN_POLICY_H
#define BH_SPIN_POLICY_H

#include <stdbool.h>
#include <stdint.h>

/**
 * Whether to wait a little for the next message before going back to the event loop, where a wake-up costs thread
 * hops. Bounded three ways: by message, by turn, and by giving up (nearly) on a peer that doesn't answer in the time.
 */
typedef struct {
  uint64_t spin_ns;   /* look again and again: the shortest delay, and a busy core */
  uint64_t linger_ns; /* then sleep in the kernel, on this one descriptor: no burnt core, one wake-up */
  unsigned max_per_turn;
  unsigned misses; /* turns in a row whose waiting brought nothing */
} bh_spin_policy;

/** A turn that took this long waits no more, whatever came: others live on this loop. */
#define BH_TURN_NS 2000000ull

/**
 * Nothing came for so long: what the last messages left for later (promises, ticks) runs now, and not only when the
 * waiting is over.
 */
#define BH_SETTLE_NS 10000ull

#define BH_MISSES_BEFORE_DOUBT 8u
#define BH_RETRY_EVERY 16u

static inline bool bh_worth_waiting(const bh_spin_policy *policy) {
  if (policy->spin_ns + policy->linger_ns == 0) return false;
  return policy->misses < BH_MISSES_BEFORE_DOUBT || policy->misses % BH_RETRY_EVERY == 0;
}

/** Tells how a turn's waiting went. A turn that did not wait for doubt counts as a miss, so that a retry comes. */
static inline void bh_waited(bh_spin_policy *policy, bool hit) {
  policy->misses = hit ? 0 : policy->misses + 1;
}

#endif
