#include <unistd.h>

#include "endpoint-state.h"

static void finish(bh_endpoint_object *object) {
  if (object->writer_fd >= 0) close(object->writer_fd);
  object->writer_fd = -1;
  bh_loop_object_finish(&object->base);
}

static void on_handle_closed(uv_handle_t *handle) {
  bh_endpoint_object *object = handle->data;
  if (--object->handles_closing == 0) finish(object);
}

void bh_endpoint_object_close(void *endpoint_object) {
  bh_endpoint_object *object = endpoint_object;
  if (!object->base.open) return;
  object->base.open = false;
  bh_listener_stop(&object->base.listener);
  bh_wait_leave(&object->place);
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
