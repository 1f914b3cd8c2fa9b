#include "loop-object.h"

#include <errno.h>
#include <stdlib.h>

static void release(bh_loop_object *object) {
  if (--object->references == 0) free(object);
}

void bh_loop_object_finish(bh_loop_object *object) {
  /* Also the sign, at the environment's end, that this one is through. */
  if (object->cleanup != NULL) napi_remove_async_cleanup_hook(object->cleanup);
  object->cleanup = NULL;
  release(object);
}

void bh_loop_object_release(napi_env env, void *data, void *hint) {
  (void)env;
  (void)hint;
  bh_loop_object *object = data;
  /* Only the reference of the loop is left: nobody can close it any more, so it is closed here. */
  if (object->open && object->references == 2) object->kind->close(object);
  release(object);
}

static void on_environment_end(napi_async_cleanup_hook_handle handle, void *data) {
  (void)handle;
  bh_loop_object *object = data;
  object->kind->close(object);
}

void *bh_loop_object_new(napi_env env, const bh_loop_kind *kind, size_t size, size_t method_count) {
  bh_loop_object *object = calloc(1, size);
  if (object == NULL) {
    napi_throw_error(env, "ENOMEM", "There is no memory left.");
    return NULL;
  }
  object->kind = kind;
  object->env = env;
  object->spin_policy.max_per_turn = 64;
  object->references = method_count + 1;
  if (napi_get_uv_event_loop(env, &object->loop) == napi_ok &&
      napi_add_async_cleanup_hook(env, on_environment_end, object, &object->cleanup) == napi_ok) {
    object->open = true;
    return object;
  }
  free(object);
  napi_throw_error(env, "ENOTSUP", "This environment has no event loop to use.");
  return NULL;
}

void *bh_loop_object_of_call(napi_env env, napi_callback_info info, size_t wanted, napi_value *arguments,
                             napi_value *self) {
  void *data;
  napi_get_cb_info(env, info, &wanted, arguments, self, &data);
  bh_loop_object *object = data;
  if (object->open) return object;
  bh_failure failure;
  bh_fail(&failure, EBADF, "", "%s", object->kind->closed);
  bh_throw(env, &failure);
  return NULL;
}

napi_value bh_on_message_method(napi_env env, napi_callback_info info) {
  napi_value arguments[2], self;
  bh_loop_object *object = bh_loop_object_of_call(env, info, 2, arguments, &self);
  if (object == NULL ||
      !bh_listener_start(&object->listener, env, self, arguments[0], arguments[1], object->kind->turn, object))
    return NULL;
  if (!object->kind->start(object)) {
    bh_listener_stop(&object->listener);
    return NULL;
  }
  return bh_undefined(env);
}

napi_value bh_set_wait_method(napi_env env, napi_callback_info info) {
  napi_value arguments[3];
  double spin_ns, linger_ns, per_turn;
  bh_loop_object *object = bh_loop_object_of_call(env, info, 3, arguments, NULL);
  if (object == NULL || !bh_arg_number(env, arguments[0], "spinNs", 0, BH_TURN_NS, &spin_ns) ||
      !bh_arg_number(env, arguments[1], "lingerNs", 0, BH_TURN_NS, &linger_ns) ||
      !bh_arg_number(env, arguments[2], "maxPerTurn", 1, 65536, &per_turn))
    return NULL;
  object->spin_policy = (bh_spin_policy){(uint64_t)spin_ns, (uint64_t)linger_ns, (unsigned)per_turn, 0};
  return bh_undefined(env);
}

napi_value bh_stamp_reads_method(napi_env env, napi_callback_info info) {
  napi_value argument;
  bool on;
  bh_loop_object *object = bh_loop_object_of_call(env, info, 1, &argument, NULL);
  if (object == NULL) return NULL;
  if (napi_get_value_bool(env, argument, &on) != napi_ok) return bh_throw_type(env, "on has to be true or false.");
  object->listener.stamps_reads = on;
  return bh_undefined(env);
}

napi_value bh_close_method(napi_env env, napi_callback_info info) {
  void *data;
  napi_get_cb_info(env, info, NULL, NULL, NULL, &data);
  bh_loop_object *object = data;
  object->kind->close(object);
  return bh_undefined(env);
}
