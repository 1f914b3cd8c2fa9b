#include <errno.h>

#include "../core/clock.h"
#include "channel-state.h"

static void on_async_closed(uv_handle_t *handle) { bh_loop_object_finish(handle->data); }

void bh_channel_object_close(void *channel_object) {
  bh_channel_object *object = channel_object;
  if (!object->base.open) return;
  object->base.open = false;
  bh_listener_stop(&object->base.listener);
  /* In this order: the thread looks into the mapping and sends to the handle until it is joined. */
  if (object->async_made) bh_waiter_stop(&object->waiter);
  bh_shared_close(&object->core);
  if (object->async_made) uv_close((uv_handle_t *)&object->async, on_async_closed);
  else bh_loop_object_finish(&object->base);
}

/** Takes one message and hands it on. False when there is none, or no more to be had. */
static bool take_one(bh_channel_object *object) {
  napi_handle_scope scope;
  if (napi_open_handle_scope(object->base.env, &scope) != napi_ok) return false;
  void *room = NULL;
  size_t capacity = 0, length = 0;
  bh_failure failure;
  int outcome;
  if (!bh_listener_room(&object->base.listener, &room, &capacity) || capacity == 0)
    outcome = bh_fail(&failure, EFAULT, "", "The buffer that messages were received into has no bytes any more.");
  else outcome = bh_shared_receive(&object->core, room, capacity, &length, &failure);
  if (outcome == 1) {
    bh_listener_call(&object->base.listener, (double)length, NULL);
  } else if (outcome < 0 && failure.code == EMSGSIZE) {
    object->truncated += 1;
    outcome = bh_shared_skip(&object->core, &failure);
  }
  if (outcome < 0 && !object->end_told) {
    object->end_told = true;
    bh_listener_call(&object->base.listener, -1, &failure);
  } else if (outcome == 0 && !object->end_told && bh_shared_peer_closed(&object->core) &&
             !bh_shared_readable(&object->core)) {
    object->end_told = true;
    bh_listener_call(&object->base.listener, -1, NULL);
  }
  napi_close_handle_scope(object->base.env, scope);
  return outcome == 1;
}

/** Waits for more after the last message. False when it's time for the loop, or for what the messages left for later. */
static bool wait_for_more(bh_channel_object *object) {
  bh_channel_turn *turn = &object->turn;
  const uint64_t spin = object->base.spin_policy.spin_ns;
  if (!turn->waits || turn->taken == 0 || bh_now_ns() - turn->started >= BH_TURN_NS) return false;
  turn->waited = true;
  if (turn->settled) return bh_shared_wait(&object->core, spin, spin + object->base.spin_policy.linger_ns, NULL);
  const uint64_t first = spin < BH_SETTLE_NS ? spin : BH_SETTLE_NS;
  if (bh_shared_wait(&object->core, first, first, NULL)) return true;
  turn->settled = turn->again = true;
  return false;
}

napi_value bh_channel_turn_callback(napi_env env, napi_callback_info info) {
  void *data;
  napi_get_cb_info(env, info, NULL, NULL, NULL, &data);
  bh_channel_object *object = data;
  bh_channel_turn *turn = &object->turn;
  turn->again = false;
  while (object->base.open && bh_listening(&object->base.listener) && !object->end_told &&
         turn->taken < object->base.spin_policy.max_per_turn) {
    if (take_one(object)) {
      turn->taken += 1;
      turn->hit = turn->hit || turn->waited;
      turn->settled = false;
    } else if (!object->base.open || object->end_told || !wait_for_more(object)) {
      break;
    }
  }
  return NULL;
}

static void on_wake_up(uv_async_t *handle) {
  bh_channel_object *object = handle->data;
  object->wake_ups += 1;
  object->turn = (bh_channel_turn){.started = bh_now_ns(), .waits = bh_worth_waiting(&object->base.spin_policy)};
  do bh_listener_turn(&object->base.listener);
  while (object->turn.again && object->base.open && bh_listening(&object->base.listener));
  if (!object->base.open) return;
  if (object->turn.taken == object->base.spin_policy.max_per_turn) {
    /* The loop's others get their turn before this goes on. */
    uv_async_send(&object->async);
    return;
  }
  if (object->turn.taken > 0) bh_waited(&object->base.spin_policy, object->turn.hit);
  if (!object->end_told) bh_waiter_arm(&object->waiter);
}

bool bh_channel_start_waiting(void *channel_object) {
  bh_channel_object *object = channel_object;
  object->end_told = false;
  if (!object->async_made) {
    bh_failure failure;
    int code = uv_async_init(object->base.loop, &object->async, on_wake_up);
    if (code != 0) {
      bh_fail(&failure, -code, "eventfd", "The event loop could not be prepared for wake-ups.");
      bh_throw(object->base.env, &failure);
      return false;
    }
    object->async.data = object;
    if (bh_waiter_start(&object->waiter, &object->core, &object->async, &failure) != 0) {
      /* The handle can only be closed through the loop, which ends its reference: the channel closes with it. */
      object->base.open = false;
      bh_shared_close(&object->core);
      uv_close((uv_handle_t *)&object->async, on_async_closed);
      bh_throw(object->base.env, &failure);
      return false;
    }
    object->async_made = true;
  }
  bh_waiter_arm(&object->waiter);
  return true;
}
