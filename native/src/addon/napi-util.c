#include "napi-util.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <uv.h>

napi_value bh_error(napi_env env, const bh_failure *failure) {
  napi_value message, code, error, syscall;
  /* uv_err_name would allocate for a number that it doesn't know; errno values on Linux are all below 134. */
  const char *name = failure->code > 0 && failure->code < 134 ? uv_err_name(-failure->code) : "UNKNOWN";
  if (napi_create_string_utf8(env, failure->text, NAPI_AUTO_LENGTH, &message) != napi_ok ||
      napi_create_string_utf8(env, name, NAPI_AUTO_LENGTH, &code) != napi_ok ||
      napi_create_error(env, code, message, &error) != napi_ok)
    return NULL;
  bh_set(env, error, "errno", bh_number(env, -failure->code));
  if (failure->syscall[0] != '\0' && napi_create_string_utf8(env, failure->syscall, NAPI_AUTO_LENGTH, &syscall) == napi_ok)
    bh_set(env, error, "syscall", syscall);
  return error;
}

napi_value bh_throw(napi_env env, const bh_failure *failure) {
  napi_value error = bh_error(env, failure);
  if (error != NULL) napi_throw(env, error);
  return NULL;
}

napi_value bh_throw_type(napi_env env, const char *message) {
  napi_throw_type_error(env, "ERR_INVALID_ARG_TYPE", message);
  return NULL;
}

napi_value bh_throw_range(napi_env env, const char *message) {
  napi_throw_range_error(env, "ERR_OUT_OF_RANGE", message);
  return NULL;
}

bool bh_arg_number(napi_env env, napi_value value, const char *name, double least, double most, double *number) {
  char message[160];
  if (napi_get_value_double(env, value, number) != napi_ok) {
    snprintf(message, sizeof message, "%s has to be a number.", name);
    bh_throw_type(env, message);
    return false;
  }
  /* Written so that NaN fails. */
  if (!(*number >= least && *number <= most) || *number != floor(*number)) {
    snprintf(message, sizeof message, "%s has to be a whole number from %.0f to %.0f.", name, least, most);
    bh_throw_range(env, message);
    return false;
  }
  return true;
}

bool bh_arg_path(napi_env env, napi_value value, char path[BH_PATH_BYTES]) {
  size_t length;
  if (napi_get_value_string_utf8(env, value, NULL, 0, &length) != napi_ok) {
    bh_throw_type(env, "path has to be a string.");
    return false;
  }
  if (length == 0 || length >= BH_PATH_BYTES) {
    bh_throw_range(env, "path has to have 1 to 4095 bytes.");
    return false;
  }
  napi_get_value_string_utf8(env, value, path, BH_PATH_BYTES, &length);
  if (strlen(path) != length) {
    bh_throw_range(env, "path must not contain a zero byte.");
    return false;
  }
  return true;
}

bool bh_arg_bytes(napi_env env, napi_value value, const char *name, void **bytes, size_t *length) {
  napi_typedarray_type type;
  if (napi_get_typedarray_info(env, value, &type, length, bytes, NULL, NULL) == napi_ok && type == napi_uint8_array)
    return true;
  char message[96];
  snprintf(message, sizeof message, "%s has to be a Uint8Array.", name);
  bh_throw_type(env, message);
  return false;
}

void bh_report(napi_env env, napi_status status) {
  napi_value thrown;
  if (status == napi_pending_exception && napi_get_and_clear_last_exception(env, &thrown) == napi_ok)
    napi_fatal_exception(env, thrown);
}

napi_value bh_number(napi_env env, double number) {
  napi_value value = NULL;
  napi_create_double(env, number, &value);
  return value;
}

napi_value bh_undefined(napi_env env) {
  napi_value value = NULL;
  napi_get_undefined(env, &value);
  return value;
}

bool bh_set(napi_env env, napi_value object, const char *name, napi_value value) {
  return value != NULL && napi_set_named_property(env, object, name, value) == napi_ok;
}

bool bh_object(napi_env env, const bh_method *methods, size_t count, void *data, napi_finalize release,
               napi_value *object) {
  size_t made = 0;
  bool sound = napi_create_object(env, object) == napi_ok;
  for (; sound && made < count; made++) {
    napi_value function;
    sound = napi_create_function(env, methods[made].name, NAPI_AUTO_LENGTH, methods[made].call, data, &function) == napi_ok &&
            napi_add_finalizer(env, function, data, release, NULL, NULL) == napi_ok;
    if (!sound) break;
    bh_set(env, *object, methods[made].name, function);
  }
  /* The references of methods that were never made are released at once. */
  for (size_t i = made; i < count; i++) release(env, data, NULL);
  if (!sound) napi_throw_error(env, "ENOMEM", "The object could not be made.");
  return sound;
}
