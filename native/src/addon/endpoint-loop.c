#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>

#include "../core/clock.h"
#include "endpoint-state.h"

static void on_readable(uv_poll_t *handle, int status, int events);
static void on_writable(uv_poll_t *handle, int status, int events);
static void on_ready(void *endpoint_object);
static bool looks_for_more(void *endpoint_object);
static napi_value take_for_wait(void *endpoint_object, double *length);

static void stop_reading(bh_endpoint_object *object) {
  bh_wait_leave(&object->place);
  if (object->reading) uv_poll_stop(&object->reader);
  object->reading = false;
}

static void stop_writing(bh_endpoint_object *object) {
  if (object->writing) uv_poll_stop(&object->writer);
  object->writing = false;
}

static bool loop_failed(bh_endpoint_object *object, int code, const char *syscall) {
  bh_failure failure;
  bh_fail(&failure, -code, syscall, "The event loop could not watch the descriptor: %s.", strerror(-code));
  bh_throw(object->base.env, &failure);
  return false;
}

bool bh_endpoint_start_reading(void *endpoint_object) {
  bh_endpoint_object *object = endpoint_object;
  bh_own_wait *wait = bh_own_wait_of(object->base.env);
  if (wait != NULL && !object->reader_made) {
    if (object->place.wait != NULL) return true;
    object->place = (bh_wait_place){.fd = object->core.read_fd, .looks_for_more = looks_for_more, .ready = on_ready,
                                    .take = take_for_wait, .data = object};
    return bh_wait_join(wait, &object->place) || loop_failed(object, -ENOMEM, "realloc");
  }
  if (!object->reader_made) {
    int code = uv_poll_init(object->base.loop, &object->reader, object->core.read_fd);
    if (code != 0) return loop_failed(object, code, "epoll_ctl");
    object->reader.data = object;
    object->reader_made = true;
  }
  int code = uv_poll_start(&object->reader, UV_READABLE, on_readable);
  if (code != 0) return loop_failed(object, code, "epoll_ctl");
  object->reading = true;
  return true;
}

bool bh_endpoint_start_writing(bh_endpoint_object *object) {
  if (object->writing) return true;
  if (!object->writer_made) {
    int fd = object->core.write_fd;
    if (fd == object->core.read_fd && (fd = object->writer_fd = fcntl(fd, F_DUPFD_CLOEXEC, 3)) < 0)
      return loop_failed(object, -errno, "fcntl");
    int code = uv_poll_init(object->base.loop, &object->writer, fd);
    if (code != 0) return loop_failed(object, code, "epoll_ctl");
    object->writer.data = object;
    object->writer_made = true;
  }
  int code = uv_poll_start(&object->writer, UV_WRITABLE, on_writable);
  if (code != 0) return loop_failed(object, code, "epoll_ctl");
  object->writing = true;
  return true;
}

static void on_writable(uv_poll_t *handle, int status, int events) {
  (void)events;
  bh_endpoint_object *object = handle->data;
  /* libuv stops a handle that it reports an error for; the send below learns what it is. */
  if (status < 0) object->writing = false;
  bh_queue *queue = &object->queue;
  while (queue->first != NULL) {
    bh_failure failure;
    bh_queued *next = queue->first;
    ssize_t sent = bh_endpoint_send(&object->core, next->bytes + next->done, next->length - next->done, NULL, &failure);
    if (sent == BH_WOULD_BLOCK) break;
    if (sent == BH_FAILED) {
      /* The peer is gone and what waited for it is lost. Nobody called, so nobody can be told but by the counters; the next send tells. */
      object->counts.dropped += (double)queue->count;
      bh_queue_clear(queue);
      break;
    }
    next->done += (size_t)sent;
    if (object->core.stream && next->done < next->length) continue;
    object->counts.sent += 1;
    bh_queue_pop(queue);
  }
  if (queue->first == NULL) {
    stop_writing(object);
  } else if (!object->writing && uv_poll_start(&object->writer, UV_WRITABLE, on_writable) == 0) {
    object->writing = true;
  }
}

/* EMPTIED: taken, and a stream that gives less than there is room for has no more at this moment. */
typedef enum { NOTHING, TAKEN, EMPTIED, ENDED } take;

/** Receives one message and tells its length, or hands on that there is nothing more to come. */
static take receive_one(bh_endpoint_object *object, double *length) {
  take outcome = TAKEN;
  *length = -1;
  void *room = NULL;
  size_t capacity = 0;
  bh_failure failure;
  if (!bh_listener_room(&object->base.listener, &room, &capacity) || capacity == 0) {
    /* The buffer was transferred away. Without one, reading on would lose everything silently. */
    bh_fail(&failure, EFAULT, "", "The buffer that messages were received into has no bytes any more.");
    stop_reading(object);
    bh_listener_call(&object->base.listener, -1, &failure);
    outcome = ENDED;
  } else {
    ssize_t got = bh_endpoint_receive(&object->core, room, capacity, &failure);
    if (got == BH_WOULD_BLOCK) {
      outcome = NOTHING;
    } else if (got == BH_FAILED && !object->core.stream) {
      /* An error of an earlier send (ECONNREFUSED), or a peer that closed (ECONNRESET): the kernel tells it once, and the socket lives on. */
      object->counts.errors += 1;
      object->refused = object->refused || failure.code == ECONNREFUSED;
    } else if (got == BH_FAILED || (got == 0 && object->core.stream)) {
      stop_reading(object);
      bh_listener_call(&object->base.listener, -1, got == BH_FAILED ? &failure : NULL);
      outcome = ENDED;
    } else if ((size_t)got > capacity) {
      object->counts.truncated += 1;
    } else {
      object->counts.received += 1;
      if (object->core.stream && (size_t)got < capacity) outcome = EMPTIED;
      *length = (double)got;
    }
  }
  return outcome;
}

/** Receives one message and hands it on. */
static take take_one(bh_endpoint_object *object) {
  napi_handle_scope scope;
  double length;
  if (napi_open_handle_scope(object->base.env, &scope) != napi_ok) return ENDED;
  const take outcome = receive_one(object, &length);
  if (length >= 0) bh_listener_call(&object->base.listener, length, NULL);
  napi_close_handle_scope(object->base.env, scope);
  return outcome;
}

static bool looks_for_more(void *endpoint_object) {
  const bh_endpoint_object *object = endpoint_object;
  return bh_worth_waiting(&object->base.spin_policy);
}

/** For a thread's own wait, where it doesn't pay off to look for more. */
static napi_value take_for_wait(void *endpoint_object, double said[BH_SAID]) {
  bh_endpoint_object *object = endpoint_object;
  napi_value callback = NULL;
  object->counts.wake_ups += 1;
  if (object->base.spin_policy.spin_ns > 0) bh_waited(&object->base.spin_policy, false);
  receive_one(object, &said[0]);
  if (said[0] < 0) return NULL;
  said[1] = object->base.listener.stamps_reads ? (double)bh_now_ns() : NAN;
  return napi_get_reference_value(object->base.env, object->base.listener.callback, &callback) == napi_ok ? callback : NULL;
}

/** Waits for more after the last message. False when it's time for the loop, or for what the messages left for later. */
static bool wait_for_more(bh_endpoint_object *object) {
  bh_endpoint_turn *turn = &object->turn;
  if (turn->started == 0 || turn->taken == 0) return false;
  uint64_t now = bh_now_ns();
  if (turn->idle_since == 0) turn->idle_since = now;
  const uint64_t idle = now - turn->idle_since;
  if (now - turn->started >= BH_TURN_NS) return false;
  if (!turn->settled && idle >= BH_SETTLE_NS) {
    turn->settled = turn->again = true;
    return false;
  }
  if (idle < object->base.spin_policy.spin_ns) {
    /* With the peer on the same core, only giving the core away lets it answer. */
    sched_yield();
    return true;
  }
  if (object->base.spin_policy.linger_ns == 0) return false;
  /*
   * On this descriptor alone. To watch the loop's epoll descriptor along, so that its other work ends the wait, took
   * the round trip on one core from 8 to 28 µs: nested poll sets wake through each other.
   */
  return bh_poll_readable(object->core.read_fd, object->base.spin_policy.linger_ns);
}

napi_value bh_endpoint_turn_callback(napi_env env, napi_callback_info info) {
  void *data;
  napi_get_cb_info(env, info, NULL, NULL, NULL, &data);
  bh_endpoint_object *object = data;
  bh_endpoint_turn *turn = &object->turn;
  turn->again = false;
  while (turn->taken < object->base.spin_policy.max_per_turn && object->base.open && bh_listening(&object->base.listener)) {
    take outcome = take_one(object);
    if (outcome == ENDED) {
      turn->ended = true;
      break;
    }
    if (outcome != NOTHING) {
      turn->taken += 1;
      turn->hit = turn->hit || turn->idle_since != 0;
      turn->idle_since = 0;
      turn->settled = false;
    }
    if (outcome != TAKEN && (!object->base.open || !wait_for_more(object))) break;
  }
  return NULL;
}

/** Answers one wake-up. */
static void on_ready(void *endpoint_object) {
  bh_endpoint_object *object = endpoint_object;
  object->counts.wake_ups += 1;
  object->turn = (bh_endpoint_turn){.started = bh_worth_waiting(&object->base.spin_policy) ? bh_now_ns() : 0};
  do bh_listener_turn(&object->base.listener);
  while (object->turn.again && object->base.open && bh_listening(&object->base.listener));
  if (!object->turn.ended && object->turn.taken > 0) bh_waited(&object->base.spin_policy, object->turn.hit);
}

static void on_readable(uv_poll_t *handle, int status, int events) {
  (void)events;
  bh_endpoint_object *object = handle->data;
  if (status < 0) object->reading = false;
  on_ready(object);
  if (object->base.open && !object->turn.ended && !object->reading && bh_listening(&object->base.listener) &&
      uv_poll_start(&object->reader, UV_READABLE, on_readable) == 0)
    object->reading = true;
}
