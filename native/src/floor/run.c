#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../core/affinity.h"
#include "../core/clock.h"
#include "floor.h"
#include "pace.h"

/** The peer: sends back whatever comes, until it is killed or the path breaks. */
static void echo(floor_end *end) {
  bh_failure failure;
  while (end->moves->receive(end, &failure) == 0 && end->moves->send(end, &failure) == 0) continue;
  fprintf(stderr, "The peer process stopped: %s\n", failure.text);
}

/** -1 when the CPU isn't to be had. */
static int place(int cpu, bh_failure *failure) { return cpu < 0 ? 0 : bh_set_affinity(&cpu, 1, failure); }

static pid_t start_peer(const floor_plan *plan, floor_end *first, floor_end *second, bh_failure *failure) {
  pid_t parent = getpid();
  fflush(NULL);
  pid_t peer = fork();
  if (peer != 0) {
    if (peer < 0) bh_fail(failure, 0, "fork", "The peer process could not be started: %s.", strerror(errno));
    return peer;
  }
  floor_forget_signals();
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  /* The parent may have died before that call: then nobody would ever send the signal. */
  if (getppid() != parent) _exit(FLOOR_FAILED);
  floor_forget(first);
  if (place(plan->cpu_b, failure) == 0) echo(second);
  _exit(FLOOR_FAILED);
}

static void end_peer(pid_t peer, bh_failure *failure) {
  signal(SIGCHLD, SIG_DFL);
  int status;
  /* Only if it still runs: how it ended by itself is the better reason for what went wrong. */
  pid_t ended = waitpid(peer, &status, WNOHANG);
  if (ended == 0) {
    kill(peer, SIGKILL);
    while (waitpid(peer, &status, 0) < 0 && errno == EINTR) continue;
    return;
  }
  if (ended == peer && WIFSIGNALED(status))
    bh_fail(failure, ECHILD, "", "The peer process was ended by %s in the middle of the run.", strsignal(WTERMSIG(status)));
  else if (ended == peer)
    bh_fail(failure, ECHILD, "", "The peer process ended in the middle of the run (exit code %d).", WEXITSTATUS(status));
}

typedef struct {
  double cpu_ns;
  long switches;
} used;

/** By this process, or by those that have ended and were waited for. */
static used used_by(int who) {
  struct rusage usage;
  if (getrusage(who, &usage) != 0) return (used){0};
  return (used){
      .cpu_ns = ((double)usage.ru_utime.tv_sec + (double)usage.ru_stime.tv_sec) * 1e9 +
                ((double)usage.ru_utime.tv_usec + (double)usage.ru_stime.tv_usec) * 1e3,
      .switches = usage.ru_nvcsw + usage.ru_nivcsw,
  };
}

static int measure(const floor_plan *plan, floor_end *end, floor_result *result, bh_failure *failure) {
  used before = {0};
  floor_pace pace = floor_pace_at(plan->rate, plan->at_most);
  /* One more, never counted: it waits for the peer to have started. */
  for (size_t i = 0; i < plan->warmup + plan->count + 1; i++) {
    if (floor_stop != 0) return floor_stopped(failure);
    if (i == plan->warmup + 1) before = used_by(RUSAGE_SELF);
    bool after_rest;
    if (i > 0 && floor_pace_wait(&pace, &after_rest, failure) != 0) return -1;
    uint64_t sent_at = bh_now_ns();
    if (end->moves->send(end, failure) != 0) return -1;
    int outcome = end->moves->receive(end, failure);
    uint64_t rtt = bh_now_ns() - sent_at;
    if (outcome < 0) return -1;
    if (i <= plan->warmup) continue;
    if (outcome == 1) result->lost += 1;
    else result->rtt_ns[result->measured++] = rtt;
  }
  const used after = used_by(RUSAGE_SELF);
  result->switches = after.switches - before.switches;
  result->cpu_ns = (after.cpu_ns - before.cpu_ns) / (double)plan->count;
  result->all_switches = (double)result->switches / (double)plan->count;
  return 0;
}

/** Readies an end for looking before it sleeps. */
static int never_block(floor_end *end, uint64_t spin_ns, bh_failure *failure) {
  end->spin_ns = spin_ns;
  const int fds[] = {end->read_fd, end->write_fd};
  for (int i = 0; i < 2; i++) {
    int flags = fcntl(fds[i], F_GETFL);
    if (flags < 0 || fcntl(fds[i], F_SETFL, flags | O_NONBLOCK) != 0)
      return bh_fail(failure, 0, "fcntl", "The descriptor could not be made non-blocking: %s.", strerror(errno));
  }
  return 0;
}

int floor_run(const floor_plan *plan, floor_result *result, bh_failure *failure) {
  floor_end first, second;
  const int cpus[] = {plan->cpu_a, plan->method->kernel_answers ? -1 : plan->cpu_b};
  int before[BH_MAX_CPUS];
  int count = bh_get_affinity(before, failure);
  for (int i = 0; i < 2 && count > 0; i++) {
    if (place(cpus[i], failure) != 0) return FLOOR_UNAVAILABLE;
    if (cpus[i] >= 0) bh_set_affinity(before, count, failure);
  }
  floor_watch_signals(plan->timeout_s);
  int outcome = floor_open(plan->method, plan->size, &first, &second, failure);
  if (outcome != FLOOR_DONE) return outcome;
  if (plan->spin_ns > 0 && (never_block(&first, plan->spin_ns, failure) != 0 || never_block(&second, plan->spin_ns, failure) != 0)) {
    floor_close(&first);
    floor_close(&second);
    return FLOOR_FAILED;
  }
  pid_t peer = 0;
  if (!plan->method->kernel_answers) {
    peer = start_peer(plan, &first, &second, failure);
    floor_forget(&second);
  }
  outcome = peer < 0 || place(plan->cpu_a, failure) != 0 ? -1
            : plan->follow                               ? floor_follow(plan, &first, failure)
                                                         : measure(plan, &first, result, failure);
  if (peer > 0) {
    bh_failure *reason = outcome == 0 || (floor_stop != 0 && floor_stop != SIGCHLD) ? &(bh_failure){0} : failure;
    end_peer(peer, reason);
    if (outcome == 0 && result != NULL) {
      const used peers = used_by(RUSAGE_CHILDREN);
      const double answers = (double)(plan->warmup + plan->count + 1);
      result->cpu_ns += peers.cpu_ns / answers;
      result->all_switches += (double)peers.switches / answers;
    }
  }
  floor_close(&first);
  if (plan->method->kernel_answers) floor_close(&second);
  return outcome == 0 ? FLOOR_DONE : FLOOR_FAILED;
}
