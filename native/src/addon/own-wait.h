#ifndef BH_OWN_WAIT_H
#define BH_OWN_WAIT_H

#include <uv.h>

#include "napi-util.h"

/**
 * A thread's own wait: instead of libuv's poll it sleeps in ppoll on the endpoints that listen in this thread, and on
 * the loop's descriptor beside them, with a limit exact to the nanosecond. What an endpoint receives is handed on at
 * once; for anything else (timers, messages of other threads, sockets of Node's) the loop gets its turn. One for each
 * environment, for threads that have nothing but libuv's loop: a main thread of Electron's would never see Chromium's.
 */
typedef struct bh_own_wait bh_own_wait;

/** What is said of a message: its length, and when it was read (ns, NaN where nobody asks). */
enum { BH_SAID = 2 };

/** Something that this thread waits for. Whatever it calls may close what it likes, its own place included. */
typedef struct {
  bh_own_wait *wait; /* NULL: not waited for */
  int fd;
  /** Whether it wants to look for more after a message, for which it is served by `ready`, outside of any JavaScript. */
  bool (*looks_for_more)(void *data);
  void (*ready)(void *data);
  /** Receives one message: the function of JavaScript's that wants what is `said`, or NULL when there is nothing to tell. */
  napi_value (*take)(void *data, double said[BH_SAID]);
  void *data;
} bh_wait_place;

/** The environment's wait, or NULL without one. */
bh_own_wait *bh_own_wait_of(napi_env env);
/** Waits for `place->fd` from now on, until bh_wait_leave. False without memory. */
bool bh_wait_join(bh_own_wait *wait, bh_wait_place *place);
/** A second call does nothing. */
void bh_wait_leave(bh_wait_place *place);

/** waitByItself(serve, said, onAlarm): the object with which JavaScript serves, and has the alarm. */
napi_value bh_wait_by_itself(napi_env env, napi_callback_info info);

#endif
