#ifndef BH_LOOP_OBJECT_H
#define BH_LOOP_OBJECT_H

#include <uv.h>

#include "../core/spin-policy.h"
#include "listener.h"

/** What the kinds of loop objects differ in. Each function gets the object itself. */
typedef struct {
  const char *closed;  /* what a call on a closed object is told */
  napi_callback turn;  /* receives what there is; see bh_listener_turn */
  bool (*start)(void *object); /* with a listener in place: has the loop wake it. False with an exception pending */
  void (*close)(void *object); /* at once, the memory when the loop has released it. A second call does nothing */
} bh_loop_kind;

/**
 * The part that all objects of JavaScript's share which the event loop wakes: the first member of each. All of it belongs
 * to the environment's thread. Reference-counted: each of its functions holds a reference until collected, and the event
 * loop until the handles are closed.
 */
typedef struct {
  const bh_loop_kind *kind;
  napi_env env;
  bool open;
  bh_listener listener;
  bh_spin_policy spin_policy;
  uv_loop_t *loop;
  napi_async_cleanup_hook_handle cleanup;
  size_t references;
} bh_loop_object;

/**
 * An open object of `size` bytes, zeroed but for its loop part, with references for `method_count` functions and for the
 * loop. It is closed at the environment's end. NULL with an exception pending.
 */
void *bh_loop_object_new(napi_env env, const bh_loop_kind *kind, size_t size, size_t method_count);
/** Releases the loop's reference: its handles are closed. */
void bh_loop_object_finish(bh_loop_object *object);
/** Releases one reference. A finalizer. */
void bh_loop_object_release(napi_env env, void *object, void *hint);

/** The object behind a call and its arguments; NULL with an exception pending when it is closed. */
void *bh_loop_object_of_call(napi_env env, napi_callback_info info, size_t wanted, napi_value *arguments, napi_value *self);

/* The methods that are the same for all kinds. */
napi_value bh_on_message_method(napi_env env, napi_callback_info info);
napi_value bh_set_wait_method(napi_env env, napi_callback_info info);
napi_value bh_stamp_reads_method(napi_env env, napi_callback_info info);
napi_value bh_close_method(napi_env env, napi_callback_info info);

#endif
