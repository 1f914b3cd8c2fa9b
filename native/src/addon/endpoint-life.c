#include <stdlib.h>
#include <unistd.h>

#include "endpoint-state.h"

static void release(bh_endpoint_object *object) {
  if (--object->references == 0) free(object);
}

static void finish(bh_endpoint_object *object) {
  if (object->writer_fd >= 0) close(object->writer_fd);
  object->writer_fd = -1;
  /* Also the sign, at the environment's end, that this one is through. */
  if (object->cleanup != NULL) napi_remove_async_cleanup_hook(object->cleanup);
  object->cleanup = NULL;
  release(object);
}

static void on_handle_closed(uv_handle_t *handle) {
  bh_endpoint_object *object = handle->data;
  if (--object->handles_closing == 0) finish(object);
}

void bh_endpoint_object_close(bh_endpoint_object *object) {
  if (!object->open) return;
  object->open = false;
  bh_listener_stop(&object->listener);
  bh_queue_clear(&object->queue);
  uv_poll_t *handles[] = {object->reader_made ? &object->reader : NULL, object->writer_made ? &object->writer : NULL};
  for (size_t i = 0; i < BH_COUNT(handles); i++) {
    if (handles[i] == NULL) continue;
    object->handles_closing += 1;
    uv_close((uv_handle_t *)handles[i], on_handle_closed);
  }
  /* uv_close has taken the descriptors out of the poll set: they may go before the handles are gone. */
  bh_endpoint_close(&object->core);
  if (object->handles_closing == 0) finish(object);
}

void bh_endpoint_object_release(napi_env env, void *data, void *hint) {
  (void)env;
  (void)hint;
  bh_endpoint_object *object = data;
  /* Only the reference of the loop is left: nobody can close it any more, so it is closed here. */
  if (object->open && object->references == 2) bh_endpoint_object_close(object);
  release(object);
}

static void on_environment_end(napi_async_cleanup_hook_handle handle, void *data) {
  (void)handle;
  bh_endpoint_object_close(data);
}

bool bh_endpoint_object_init(bh_endpoint_object *object, napi_env env) {
  object->env = env;
  object->writer_fd = -1;
  object->spin_policy.max_per_turn = 64;
  object->queue.max_count = 256;
  object->queue.max_bytes = 4u << 20;
  if (napi_get_uv_event_loop(env, &object->loop) == napi_ok &&
      napi_add_async_cleanup_hook(env, on_environment_end, object, &object->cleanup) == napi_ok) {
    object->open = true;
    return true;
  }
  napi_throw_error(env, "ENOTSUP", "This environment has no event loop to use.");
  return false;
}
