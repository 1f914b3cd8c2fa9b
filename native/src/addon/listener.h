#ifndef BH_LISTENER_H
#define BH_LISTENER_H

#include "napi-util.h"

/**
 * A JavaScript callback and the buffer that each message is put into before it is called: one buffer, reused, so no
 * allocation per message. The object is kept alive while it listens, for its messages may be all that refers to it.
 */
typedef struct {
  napi_env env;
  napi_ref turn;     /* the owner's function that receives; see bh_listener_turn */
  napi_ref callback; /* NULL: not listening */
  napi_ref buffer;
  napi_ref object;
  bool stamps_reads; /* the callback is told when its message was read */
} bh_listener;

/** `turn` gets `data`; see bh_listener_turn. False with an exception pending. */
bool bh_listener_start(bh_listener *listener, napi_env env, napi_value object, napi_value buffer, napi_value callback,
                       napi_callback turn, void *data);
void bh_listener_stop(bh_listener *listener);
static inline bool bh_listening(const bh_listener *listener) { return listener->callback != NULL; }

/**
 * Has the owner receive what there is: enters JavaScript once, by calling `turn`, which calls bh_listener_call for each
 * message. To enter anew for each cost 0.2 µs a message. Promises and ticks run when `turn` returns.
 */
void bh_listener_turn(const bh_listener *listener);

/**
 * Where the next message goes. Asked for each message: the callback may have transferred the buffer away, which then
 * has no bytes. Needs a handle scope.
 */
bool bh_listener_room(const bh_listener *listener, void **bytes, size_t *length);

/**
 * Calls `callback(length)`, with stamps `callback(length, undefined, now)`, or `callback(length, error)` when `failure`
 * isn't NULL. To be called as soon as the message is read. The callback may stop the listener
 * and close its owner. What it throws becomes an uncaught exception, as in any event of Node's. Only in a turn, and with a
 * handle scope.
 */
void bh_listener_call(bh_listener *listener, double length, const bh_failure *failure);

#endif
