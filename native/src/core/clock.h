#ifndef BH_CLOCK_H
#define BH_CLOCK_H

#include <sched.h>
#include <stdint.h>
#include <time.h>

#define BH_NS_PER_S 1000000000ull

/** Nanoseconds of CLOCK_MONOTONIC: the clock of process.hrtime, the same in every process of this machine. */
static inline uint64_t bh_now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * BH_NS_PER_S + (uint64_t)now.tv_nsec;
}

static inline struct timespec bh_timespec(uint64_t ns) {
  return (struct timespec){.tv_sec = (time_t)(ns / BH_NS_PER_S), .tv_nsec = (long)(ns % BH_NS_PER_S)};
}

/**
 * The smallest step that two successive reads showed, in ns. clock_getres says 1 on every Linux, which is the unit
 * of the number and not what the clock can tell apart.
 */
uint64_t bh_clock_resolution_ns(void);

/** Tells the CPU that this is a spin loop. */
static inline void bh_relax(void) {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

/**
 * One step of a spin loop. Every 64th gives the CPU away: with both peers on one core the other could not move until
 * the scheduler's time slice is over, milliseconds later. Alone on a core that costs a fraction of a microsecond and
 * only after some microseconds without a message.
 */
static inline void bh_spin_step(unsigned step) {
  if ((step & 63u) == 63u) sched_yield();
  else bh_relax();
}

#endif
