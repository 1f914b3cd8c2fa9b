#include "affinity.h"

#include <dirent.h>
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAX_THREADS 1024

typedef struct {
  pid_t tid;
  cpu_set_t before;
} changed_thread;

static int cpus_of(const cpu_set_t *set, int cpus[BH_MAX_CPUS]) {
  int count = 0;
  for (int cpu = 0; cpu < BH_MAX_CPUS && cpu < CPU_SETSIZE; cpu++) {
    if (CPU_ISSET(cpu, set)) cpus[count++] = cpu;
  }
  return count;
}

int bh_get_affinity(int cpus[BH_MAX_CPUS], bh_failure *failure) {
  cpu_set_t set;
  if (sched_getaffinity(getpid(), sizeof set, &set) != 0)
    return bh_fail(failure, 0, "sched_getaffinity", "The CPUs of this process could not be read: %s.", strerror(errno));
  return cpus_of(&set, cpus);
}

/** `0,1` or `0,1,…` for a sentence. */
static void describe(const cpu_set_t *set, char *text, size_t size) {
  int cpus[BH_MAX_CPUS];
  int count = cpus_of(set, cpus);
  size_t used = 0;
  text[0] = '\0';
  for (int i = 0; i < count && used + 16 < size; i++)
    used += (size_t)snprintf(text + used, size - used, "%s%d", i == 0 ? "" : ",", cpus[i]);
}

/** 1 when changed, 0 when the thread is gone, -1 when refused. */
static int move_thread(pid_t tid, const cpu_set_t *wanted, changed_thread *entry, bh_failure *failure) {
  entry->tid = tid;
  if (sched_getaffinity(tid, sizeof entry->before, &entry->before) != 0) return errno == ESRCH ? 0 : bh_fail(failure, 0, "sched_getaffinity", "The CPUs of thread %d could not be read: %s.", (int)tid, strerror(errno));
  char text[96];
  describe(wanted, text, sizeof text);
  if (sched_setaffinity(tid, sizeof *wanted, wanted) != 0) {
    if (errno == ESRCH) return 0;
    int code = errno;
    return bh_fail(failure, code, "sched_setaffinity",
                   code == EINVAL ? "This process may not run on CPU %s: there is no such CPU, or its cpuset leaves it out." : "The system did not let this process move to CPU %s.", text);
  }
  cpu_set_t got;
  if (sched_getaffinity(tid, sizeof got, &got) == 0 && !CPU_EQUAL(&got, wanted)) {
    char granted[96];
    describe(&got, granted, sizeof granted);
    sched_setaffinity(tid, sizeof entry->before, &entry->before);
    return bh_fail(failure, EINVAL, "sched_setaffinity", "Of the CPUs %s only %s may be used by this process.", text, granted);
  }
  return 1;
}

static int known(const changed_thread *threads, int count, pid_t tid) {
  for (int i = 0; i < count; i++)
    if (threads[i].tid == tid) return 1;
  return 0;
}

/** One pass over the threads. Returns how many new ones were moved, or -1. */
static int move_all(const cpu_set_t *wanted, changed_thread *threads, int *count, bh_failure *failure) {
  DIR *folder = opendir("/proc/self/task");
  if (folder == NULL)
    return bh_fail(failure, 0, "opendir", "The threads of this process could not be listed: %s.", strerror(errno));
  int moved = 0;
  struct dirent *entry;
  while ((entry = readdir(folder)) != NULL) {
    pid_t tid = (pid_t)atoi(entry->d_name);
    if (tid <= 0 || known(threads, *count, tid) || *count == MAX_THREADS) continue;
    int outcome = move_thread(tid, wanted, &threads[*count], failure);
    if (outcome < 0) {
      moved = -1;
      break;
    }
    *count += outcome;
    moved += outcome;
  }
  closedir(folder);
  return moved;
}

int bh_set_affinity(const int *cpus, int count, bh_failure *failure) {
  cpu_set_t wanted;
  CPU_ZERO(&wanted);
  for (int i = 0; i < count; i++) {
    if (cpus[i] < 0 || cpus[i] >= CPU_SETSIZE)
      return bh_fail(failure, EINVAL, "", "CPU %d is not a CPU number (0 to %d).", cpus[i], CPU_SETSIZE - 1);
    CPU_SET(cpus[i], &wanted);
  }
  if (count == 0) return bh_fail(failure, EINVAL, "", "A process needs at least one CPU.");
  changed_thread *threads = malloc(MAX_THREADS * sizeof *threads);
  if (threads == NULL) return bh_fail(failure, ENOMEM, "malloc", "There is no memory left.");
  int changed = 0;
  int moved;
  /* A thread that started meanwhile may have inherited the old set: look again until nothing is new. */
  for (int pass = 0; pass < 5; pass++) {
    moved = move_all(&wanted, threads, &changed, failure);
    if (moved <= 0) break;
  }
  if (moved < 0) {
    for (int i = 0; i < changed; i++) sched_setaffinity(threads[i].tid, sizeof threads[i].before, &threads[i].before);
  }
  free(threads);
  return moved < 0 ? -1 : 0;
}
