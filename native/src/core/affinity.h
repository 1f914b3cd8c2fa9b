#ifndef BH_AFFINITY_H
#define BH_AFFINITY_H

#include "failure.h"

#define BH_MAX_CPUS 1024

/** Writes the CPUs that the calling process's main thread may run on into `cpus`; returns how many, or -1. */
int bh_get_affinity(int cpus[BH_MAX_CPUS], bh_failure *failure);

/**
 * Moves every thread of the calling process to `cpus`: threads started later inherit from the one that starts them.
 * All or nothing: when the kernel grants only a part (it cuts the set to the cpuset silently), or a thread refuses,
 * the threads changed so far get their former sets back. Returns 0, or -1.
 */
int bh_set_affinity(const int *cpus, int count, bh_failure *failure);

#endif
