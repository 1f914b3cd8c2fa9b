#include "waiter.h"

#include <signal.h>
#include <string.h>

#include "../core/futex.h"

/* A lost wake-up can only come from a peer that writes to the futex's words; then this is how late a message is. */
#define SLEEP_NS BH_NS_PER_S

static void *watch(void *data) {
  bh_waiter *waiter = data;
  while (!atomic_load(&waiter->stop)) {
    if (atomic_load(&waiter->armed) == 0) {
      bh_futex_sleep(&waiter->armed, 0, SLEEP_NS);
    } else if (bh_shared_wait(waiter->shared, 0, SLEEP_NS, &waiter->stop)) {
      atomic_store(&waiter->armed, 0u);
      uv_async_send(waiter->async);
    } else if (bh_shared_peer_closed(waiter->shared)) {
      /* Nothing more will come. Tell the loop once and rest. */
      atomic_store(&waiter->armed, 0u);
      uv_async_send(waiter->async);
    }
  }
  return NULL;
}

int bh_waiter_start(bh_waiter *waiter, bh_shared *shared, uv_async_t *async, bh_failure *failure) {
  waiter->shared = shared;
  waiter->async = async;
  atomic_init(&waiter->stop, false);
  atomic_init(&waiter->armed, 0u);
  /* Signals are the host's business and belong to its own threads. */
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  int code = pthread_create(&waiter->thread, NULL, watch, waiter);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return code == 0 ? 0 : bh_fail(failure, code, "pthread_create", "The waiting thread could not be started: %s.", strerror(code));
}

void bh_waiter_arm(bh_waiter *waiter) {
  atomic_store(&waiter->armed, 1u);
  bh_futex_wake(&waiter->armed, 1);
}

void bh_waiter_stop(bh_waiter *waiter) {
  atomic_store(&waiter->stop, true);
  bh_waiter_arm(waiter);
  bh_shared_interrupt(waiter->shared);
  pthread_join(waiter->thread, NULL);
}
