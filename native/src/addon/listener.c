#include "listener.h"

#include "../core/clock.h"

bool bh_listener_start(bh_listener *listener, napi_env env, napi_value object, napi_value buffer, napi_value callback,
                       napi_callback turn, void *data) {
  void *bytes;
  size_t length;
  napi_valuetype type;
  napi_value function;
  if (!bh_arg_bytes(env, buffer, "into", &bytes, &length)) return false;
  if (length == 0) return bh_throw_range(env, "into has to have at least one byte.") != NULL;
  if (napi_typeof(env, callback, &type) != napi_ok || type != napi_function)
    return bh_throw_type(env, "callback has to be a function.") != NULL;
  bh_listener_stop(listener);
  listener->env = env;
  if (napi_create_function(env, "turn", NAPI_AUTO_LENGTH, turn, data, &function) == napi_ok &&
      napi_create_reference(env, function, 1, &listener->turn) == napi_ok &&
      napi_create_reference(env, callback, 1, &listener->callback) == napi_ok &&
      napi_create_reference(env, buffer, 1, &listener->buffer) == napi_ok &&
      napi_create_reference(env, object, 1, &listener->object) == napi_ok)
    return true;
  bh_listener_stop(listener);
  napi_throw_error(env, "ENOMEM", "The listener could not be kept.");
  return false;
}

static void drop(napi_env env, napi_ref *reference) {
  if (*reference != NULL) napi_delete_reference(env, *reference);
  *reference = NULL;
}

void bh_listener_stop(bh_listener *listener) {
  drop(listener->env, &listener->turn);
  drop(listener->env, &listener->callback);
  drop(listener->env, &listener->buffer);
  drop(listener->env, &listener->object);
}

bool bh_listener_room(const bh_listener *listener, void **bytes, size_t *length) {
  napi_value buffer;
  return napi_get_reference_value(listener->env, listener->buffer, &buffer) == napi_ok &&
         napi_get_typedarray_info(listener->env, buffer, NULL, length, bytes, NULL, NULL) == napi_ok;
}

void bh_listener_turn(const bh_listener *listener) {
  napi_env env = listener->env;
  napi_handle_scope scope;
  napi_value turn, object, result;
  if (!bh_listening(listener) || napi_open_handle_scope(env, &scope) != napi_ok) return;
  if (napi_get_reference_value(env, listener->turn, &turn) == napi_ok &&
      napi_get_reference_value(env, listener->object, &object) == napi_ok)
    bh_report(env, napi_make_callback(env, NULL, object, turn, 0, NULL, &result));
  napi_close_handle_scope(env, scope);
}

void bh_listener_call(bh_listener *listener, double length, const bh_failure *failure) {
  napi_env env = listener->env;
  napi_value callback, object, arguments[3], result;
  const bool stamped = failure == NULL && listener->stamps_reads;
  const double read_at = stamped ? (double)bh_now_ns() : 0;
  size_t count = stamped ? 3 : failure == NULL ? 1 : 2;
  if (napi_get_reference_value(env, listener->callback, &callback) != napi_ok ||
      napi_get_reference_value(env, listener->object, &object) != napi_ok)
    return;
  arguments[0] = bh_number(env, length);
  arguments[1] = failure == NULL ? bh_undefined(env) : bh_error(env, failure);
  arguments[2] = stamped ? bh_number(env, read_at) : NULL;
  for (size_t i = 0; i < count; i++)
    if (arguments[i] == NULL) return;
  bh_report(env, napi_call_function(env, object, callback, count, arguments, &result));
}
