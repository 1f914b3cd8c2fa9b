#ifndef BH_WAITER_H
#define BH_WAITER_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <uv.h>

#include "../core/shared.h"

/**
 * A thread that sleeps on a channel's futex, for an event loop can't watch one. It only looks and never takes: when
 * something is there it wakes the loop once, and then waits to be armed again, so the loop's thread alone receives.
 */
typedef struct {
  bh_shared *shared; /* the owner's; stays mapped until bh_waiter_stop has returned */
  uv_async_t *async;
  pthread_t thread;
  _Atomic bool stop;
  _Atomic uint32_t armed; /* a futex between the loop's thread and this one */
} bh_waiter;

/** Starts unarmed. 0 or -1. */
int bh_waiter_start(bh_waiter *waiter, bh_shared *shared, uv_async_t *async, bh_failure *failure);
/** The loop has taken everything: watch again. */
void bh_waiter_arm(bh_waiter *waiter);
/** Wakes the thread and joins it. At most a second, when the peer interferes with the futex; else at once. */
void bh_waiter_stop(bh_waiter *waiter);

#endif
