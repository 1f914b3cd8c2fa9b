#ifndef BH_NAPI_UTIL_H
#define BH_NAPI_UTIL_H

#define NAPI_VERSION 8
#include <node_api.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../core/failure.h"

/** Room for any path that the kernel takes. */
#define BH_PATH_BYTES 4096

/** The largest wait that a caller may ask for: an hour. */
#define BH_MAX_WAIT_NS 3.6e12

/** Throws what failed as an Error with `code` ('EAGAIN'), `errno`, `syscall` and the sentence. Returns NULL. */
napi_value bh_throw(napi_env env, const bh_failure *failure);
/** The same Error as a value. NULL when the environment takes no more. */
napi_value bh_error(napi_env env, const bh_failure *failure);
napi_value bh_throw_type(napi_env env, const char *message);
napi_value bh_throw_range(napi_env env, const char *message);

/* Arguments. Each returns false with an exception pending. What is wrong is named by `name`. */
bool bh_arg_number(napi_env env, napi_value value, const char *name, double least, double most, double *number);
bool bh_arg_path(napi_env env, napi_value value, char path[BH_PATH_BYTES]);
/** A Uint8Array (so a Buffer, too). Its memory holds until JavaScript runs again. */
bool bh_arg_bytes(napi_env env, napi_value value, const char *name, void **bytes, size_t *length);

napi_value bh_number(napi_env env, double number);
napi_value bh_undefined(napi_env env);
bool bh_set(napi_env env, napi_value object, const char *name, napi_value value);

/** After a call of JavaScript's: what it threw is an uncaught exception there, as from any callback of the event loop. */
void bh_report(napi_env env, napi_status status);

typedef struct {
  const char *name;
  napi_callback call;
} bh_method;

/**
 * An object with one function per method, each of which gets `data` without a look-up of `this`: half the cost of a
 * class, and a function that was taken off its object still works. `release` is called once for every method when the
 * function is collected or the environment ends, so `data` starts with `count` references. False with an exception pending.
 */
bool bh_object(napi_env env, const bh_method *methods, size_t count, void *data, napi_finalize release,
               napi_value *object);

#define BH_COUNT(array) (sizeof(array) / sizeof *(array))

#endif
