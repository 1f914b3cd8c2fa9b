#include "channel-object.h"

#include <errno.h>

#include "channel-state.h"

static const bh_loop_kind kind = {
    .closed = "The shared channel has been closed.",
    .turn = bh_channel_turn_callback,
    .start = bh_channel_start_waiting,
    .close = bh_channel_object_close,
};

static napi_value send_method(napi_env env, napi_callback_info info) {
  napi_value argument;
  void *bytes;
  size_t length;
  bh_failure failure;
  bh_channel_object *object = bh_loop_object_of_call(env, info, 1, &argument, NULL);
  if (object == NULL || !bh_arg_bytes(env, argument, "bytes", &bytes, &length)) return NULL;
  int outcome = bh_shared_send(&object->core, bytes, length, &failure);
  return outcome < 0 ? bh_throw(env, &failure) : bh_number(env, outcome == 0 ? 0 : -1);
}

static napi_value receive_into(napi_env env, bh_channel_object *object, void *room, size_t capacity) {
  size_t length;
  bh_failure failure;
  int outcome = bh_shared_receive(&object->core, room, capacity, &length, &failure);
  return outcome < 0 ? bh_throw(env, &failure) : bh_number(env, outcome == 1 ? (double)length : -1);
}

static napi_value receive_method(napi_env env, napi_callback_info info) {
  napi_value argument;
  void *room;
  size_t capacity;
  bh_channel_object *object = bh_loop_object_of_call(env, info, 1, &argument, NULL);
  if (object == NULL || !bh_arg_bytes(env, argument, "into", &room, &capacity)) return NULL;
  return receive_into(env, object, room, capacity);
}

static napi_value receive_wait_method(napi_env env, napi_callback_info info) {
  napi_value arguments[3];
  void *room;
  size_t capacity;
  double spin_ns, timeout_ns;
  bh_channel_object *object = bh_loop_object_of_call(env, info, 3, arguments, NULL);
  if (object == NULL || !bh_arg_bytes(env, arguments[0], "into", &room, &capacity) ||
      !bh_arg_number(env, arguments[1], "spinNs", 0, BH_MAX_WAIT_NS, &spin_ns) ||
      !bh_arg_number(env, arguments[2], "timeoutNs", 0, BH_MAX_WAIT_NS, &timeout_ns))
    return NULL;
  if (bh_listening(&object->base.listener)) {
    bh_failure failure;
    bh_fail(&failure, EBUSY, "", "The channel has a listener, whose thread already sleeps on the one futex.");
    return bh_throw(env, &failure);
  }
  if (!bh_shared_wait(&object->core, (uint64_t)spin_ns, (uint64_t)timeout_ns, NULL)) return bh_number(env, -1);
  return receive_into(env, object, room, capacity);
}

static napi_value stats_method(napi_env env, napi_callback_info info) {
  void *data;
  napi_value result, closed;
  napi_get_cb_info(env, info, NULL, NULL, NULL, &data);
  const bh_channel_object *object = data;
  if (napi_create_object(env, &result) != napi_ok) return NULL;
  bh_set(env, result, "ringBytes", bh_number(env, object->core.ring_bytes));
  bh_set(env, result, "maxBytes", bh_number(env, object->core.ring_bytes - 8.0));
  bh_set(env, result, "truncated", bh_number(env, object->truncated));
  bh_set(env, result, "wakeUps", bh_number(env, object->wake_ups));
  napi_get_boolean(env, object->base.open && bh_shared_peer_closed(&object->core), &closed);
  bh_set(env, result, "peerClosed", closed);
  return result;
}

static const bh_method methods[] = {
    {"send", send_method},           {"receive", receive_method}, {"receiveWait", receive_wait_method},
    {"onMessage", bh_on_message_method}, {"setWait", bh_set_wait_method}, {"stats", stats_method},
    {"stampReads", bh_stamp_reads_method}, {"close", bh_close_method},
};

static napi_value make_object(napi_env env, bh_shared *core) {
  bh_channel_object *object = bh_loop_object_new(env, &kind, sizeof *object, BH_COUNT(methods));
  if (object == NULL) {
    bh_shared_close(core);
    return NULL;
  }
  object->core = *core;
  napi_value result = NULL;
  return bh_object(env, methods, BH_COUNT(methods), object, bh_loop_object_release, &result) ? result : NULL;
}

napi_value bh_create_shared_channel(napi_env env, napi_callback_info info) {
  napi_value arguments[2];
  size_t given = 2;
  char path[BH_PATH_BYTES];
  double ring_bytes;
  bh_shared core;
  bh_failure failure;
  napi_get_cb_info(env, info, &given, arguments, NULL, NULL);
  if (!bh_arg_path(env, arguments[0], path) ||
      !bh_arg_number(env, arguments[1], "ringBytes", BH_RING_MIN_BYTES, BH_RING_MAX_BYTES, &ring_bytes))
    return NULL;
  if (bh_shared_create(&core, path, (uint64_t)ring_bytes, &failure) != 0) return bh_throw(env, &failure);
  return make_object(env, &core);
}

napi_value bh_open_shared_channel(napi_env env, napi_callback_info info) {
  napi_value argument;
  size_t given = 1;
  char path[BH_PATH_BYTES];
  bh_shared core;
  bh_failure failure;
  napi_get_cb_info(env, info, &given, &argument, NULL, NULL);
  if (!bh_arg_path(env, argument, path)) return NULL;
  if (bh_shared_open(&core, path, &failure) != 0) return bh_throw(env, &failure);
  return make_object(env, &core);
}
