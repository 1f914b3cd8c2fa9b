#ifndef BH_CHANNEL_STATE_H
#define BH_CHANNEL_STATE_H

#include <uv.h>

#include "../core/spin-policy.h"
#include "../core/shared.h"
#include "listener.h"
#include "waiter.h"

/** As bh_endpoint_turn. */
typedef struct {
  uint64_t started;
  unsigned taken;
  bool waits; /* it waits for more */
  bool waited, hit;
  bool settled, again;
} bh_channel_turn;

/** What stands behind a SharedChannel of JavaScript: as bh_endpoint_object, for shared memory. */
typedef struct {
  napi_env env;
  bh_shared core;
  bool open;
  bh_listener listener;
  bh_spin_policy spin_policy;
  bh_channel_turn turn;
  bool end_told; /* the listener has heard that the peer closed, or that its bytes make no sense */
  double wake_ups, truncated;
  uv_loop_t *loop;
  uv_async_t async;
  bool async_made; /* then the waiter runs, too */
  bh_waiter waiter;
  napi_async_cleanup_hook_handle cleanup;
  size_t references;
} bh_channel_object;

bool bh_channel_object_init(bh_channel_object *object, napi_env env);
/** Receives what there is, and waits for more as long as that pays off: the listener's turn. */
napi_value bh_channel_turn_callback(napi_env env, napi_callback_info info);
/** Starts the waiter, with a listener in place. False with an exception pending. */
bool bh_channel_start_waiting(bh_channel_object *object);
void bh_channel_object_close(bh_channel_object *object);
void bh_channel_object_release(napi_env env, void *data, void *hint);

#endif
