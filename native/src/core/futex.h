#ifndef BH_FUTEX_H
#define BH_FUTEX_H

#include <linux/futex.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "clock.h"

/*
 * Never FUTEX_PRIVATE_FLAG: the word lies in memory shared between processes, and a private futex is looked up by
 * (process, address) rather than by page. The kernel only compares the word; a hostile value in it can at most cost
 * a wake-up, and every sleep is bounded.
 */
static inline void bh_futex_sleep(_Atomic uint32_t *word, uint32_t expected, uint64_t timeout_ns) {
  struct timespec limit = bh_timespec(timeout_ns);
  syscall(SYS_futex, word, FUTEX_WAIT, expected, &limit, NULL, 0);
}

static inline void bh_futex_wake(_Atomic uint32_t *word, int sleepers) {
  syscall(SYS_futex, word, FUTEX_WAKE, sleepers, NULL, NULL, 0);
}

#endif
