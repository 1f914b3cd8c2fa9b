#include <errno.h>
#include <string.h>
#include <sys/time.h>

#include "floor.h"

volatile sig_atomic_t floor_stop = 0;

/* A signal that comes between a look at floor_stop and a blocking call would be slept over: so it comes again and again. */
static const struct timeval again = {.tv_sec = 0, .tv_usec = 20000};

static void on_signal(int signal) {
  int saved = errno;
  if (floor_stop == 0) {
    floor_stop = signal;
    const struct itimerval soon = {.it_interval = again, .it_value = again};
    setitimer(ITIMER_REAL, &soon, NULL);
  }
  errno = saved;
}

void floor_watch_signals(unsigned timeout_s) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  sigemptyset(&action.sa_mask);
  action.sa_handler = on_signal; /* no SA_RESTART: a blocking call has to return */
  const int watched[] = {SIGINT, SIGTERM, SIGHUP, SIGALRM};
  for (size_t i = 0; i < sizeof watched / sizeof *watched; i++) sigaction(watched[i], &action, NULL);
  action.sa_flags = SA_NOCLDSTOP;
  sigaction(SIGCHLD, &action, NULL);
  signal(SIGPIPE, SIG_IGN);
  const struct itimerval limit = {.it_interval = again, .it_value = {.tv_sec = (time_t)timeout_s, .tv_usec = 0}};
  setitimer(ITIMER_REAL, &limit, NULL);
}

void floor_forget_signals(void) {
  const int watched[] = {SIGTERM, SIGHUP, SIGALRM, SIGCHLD};
  for (size_t i = 0; i < sizeof watched / sizeof *watched; i++) signal(watched[i], SIG_DFL);
  signal(SIGINT, SIG_IGN);
  floor_stop = 0;
}

int floor_stopped(bh_failure *failure) {
  switch (floor_stop) {
    case SIGALRM:
      return bh_fail(failure, ETIMEDOUT, "", "The run did not end within its time limit.");
    case SIGCHLD:
      return bh_fail(failure, ECHILD, "", "The peer process ended in the middle of the run.");
    default:
      return bh_fail(failure, EINTR, "", "The run was interrupted by %s.", strsignal((int)floor_stop));
  }
}
