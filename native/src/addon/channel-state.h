#ifndef BH_CHANNEL_STATE_H
#define BH_CHANNEL_STATE_H

#include "../core/shared.h"
#include "loop-object.h"
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
  bh_loop_object base;
  bh_shared core;
  bh_channel_turn turn;
  bool end_told; /* the listener has heard that the peer closed, or that its bytes make no sense */
  double wake_ups, truncated;
  uv_async_t async;
  bool async_made; /* then the waiter runs, too */
  bh_waiter waiter;
} bh_channel_object;

/** Receives what there is, and waits for more as long as that pays off: the listener's turn. */
napi_value bh_channel_turn_callback(napi_env env, napi_callback_info info);
/** Starts the waiter, with a listener in place. False with an exception pending. */
bool bh_channel_start_waiting(void *channel_object);
void bh_channel_object_close(void *channel_object);

#endif
