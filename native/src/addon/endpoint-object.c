#include "endpoint-object.h"

#include <errno.h>
#include <sched.h>

#include "../core/clock.h"
#include "../core/icmp.h"
#include "endpoint-state.h"

static const bh_loop_kind kind = {
    .closed = "It has been closed.",
    .turn = bh_endpoint_turn_callback,
    .start = bh_endpoint_start_reading,
    .close = bh_endpoint_object_close,
};

static napi_value send_bytes(napi_env env, bh_endpoint_object *object, const void *bytes, size_t length,
                             const struct sockaddr_un *to) {
  bh_failure failure;
  ssize_t sent = BH_WOULD_BLOCK;
  if (object->refused) {
    object->refused = false;
    bh_fail(&failure, ECONNREFUSED, "send", "An earlier message was refused: nobody has the other end's address any more.");
    return bh_throw(env, &failure);
  }
  /* Nothing overtakes what waits, except to somebody else. */
  const bool queueable = to == NULL;
  if (!queueable || object->queue.count == 0) sent = bh_endpoint_send(&object->core, bytes, length, to, &failure);
  else if (length > object->core.max_bytes) sent = bh_endpoint_send(&object->core, bytes, length, NULL, &failure);
  if (sent == BH_FAILED) return bh_throw(env, &failure);
  const bool whole = sent >= 0 && (!object->core.stream || (size_t)sent == length);
  if (whole) {
    object->counts.sent += 1;
    return bh_number(env, 0);
  }
  const size_t done = sent > 0 ? (size_t)sent : 0;
  if (!queueable || (done == 0 && !bh_queue_has_room(&object->queue, length))) {
    object->counts.full += 1;
    return bh_number(env, -1);
  }
  if (!bh_queue_push(&object->queue, bytes, length, done)) {
    bh_fail(&failure, ENOMEM, "malloc", "There is no memory for a queued message.");
    /* Half a message is out and the rest can't follow: the peer must not read the next one as its end. */
    if (done > 0) bh_endpoint_object_close(object);
    return bh_throw(env, &failure);
  }
  if (!bh_endpoint_start_writing(object)) return NULL;
  return bh_number(env, (double)object->queue.count);
}

static napi_value send_method(napi_env env, napi_callback_info info) {
  napi_value argument;
  void *bytes;
  size_t length;
  bh_endpoint_object *object = bh_loop_object_of_call(env, info, 1, &argument, NULL);
  if (object == NULL || !bh_arg_bytes(env, argument, "bytes", &bytes, &length)) return NULL;
  if (object->core.stream && length == 0) return bh_number(env, 0);
  return send_bytes(env, object, bytes, length, NULL);
}

static napi_value send_to_method(napi_env env, napi_callback_info info) {
  napi_value arguments[2];
  void *bytes;
  size_t length;
  char path[BH_PATH_BYTES];
  struct sockaddr_un address;
  bh_failure failure;
  bh_endpoint_object *object = bh_loop_object_of_call(env, info, 2, arguments, NULL);
  if (object == NULL || !bh_arg_bytes(env, arguments[0], "bytes", &bytes, &length) || !bh_arg_path(env, arguments[1], path))
    return NULL;
  if (bh_unix_address(&address, path, &failure) != 0) return bh_throw(env, &failure);
  return send_bytes(env, object, bytes, length, &address);
}

/** A whole message's length, or what else receiving gave. */
static napi_value received(napi_env env, bh_endpoint_object *object, ssize_t got, size_t capacity, bh_failure *failure) {
  if (got == BH_WOULD_BLOCK) return bh_number(env, -1);
  if (got == BH_FAILED) return bh_throw(env, failure);
  if ((size_t)got > capacity) {
    object->counts.truncated += 1;
    bh_fail(failure, EMSGSIZE, "recv", "A datagram of %zd bytes came, the buffer has %zu, and the datagram is lost.", got,
            capacity);
    return bh_throw(env, failure);
  }
  object->counts.received += 1;
  return bh_number(env, (double)got);
}

static bool into_argument(napi_env env, napi_value value, void **room, size_t *capacity) {
  if (!bh_arg_bytes(env, value, "into", room, capacity)) return false;
  return *capacity > 0 || bh_throw_range(env, "into has to have at least one byte.") != NULL;
}

static napi_value receive_method(napi_env env, napi_callback_info info) {
  napi_value argument;
  void *room;
  size_t capacity;
  bh_failure failure;
  bh_endpoint_object *object = bh_loop_object_of_call(env, info, 1, &argument, NULL);
  if (object == NULL || !into_argument(env, argument, &room, &capacity)) return NULL;
  return received(env, object, bh_endpoint_receive(&object->core, room, capacity, &failure), capacity, &failure);
}

static napi_value receive_wait_method(napi_env env, napi_callback_info info) {
  napi_value arguments[3];
  void *room;
  size_t capacity;
  double spin_ns, timeout_ns;
  bh_failure failure;
  bh_endpoint_object *object = bh_loop_object_of_call(env, info, 3, arguments, NULL);
  if (object == NULL || !into_argument(env, arguments[0], &room, &capacity) ||
      !bh_arg_number(env, arguments[1], "spinNs", 0, BH_MAX_WAIT_NS, &spin_ns) ||
      !bh_arg_number(env, arguments[2], "timeoutNs", 0, BH_MAX_WAIT_NS, &timeout_ns))
    return NULL;
  uint64_t started = bh_now_ns();
  for (;;) {
    ssize_t got = bh_endpoint_receive(&object->core, room, capacity, &failure);
    if (got != BH_WOULD_BLOCK) return received(env, object, got, capacity, &failure);
    uint64_t waited = bh_now_ns() - started;
    if (waited >= (uint64_t)timeout_ns) return bh_number(env, -1);
    if (waited < (uint64_t)spin_ns) sched_yield();
    else bh_poll_readable(object->core.read_fd, (uint64_t)timeout_ns - waited);
  }
}

static napi_value set_queue_method(napi_env env, napi_callback_info info) {
  napi_value arguments[2];
  double count, bytes;
  bh_endpoint_object *object = bh_loop_object_of_call(env, info, 2, arguments, NULL);
  /* A stream that took half a message has to take the rest: at least one may always wait. */
  if (object == NULL || !bh_arg_number(env, arguments[0], "maxMessages", object->core.stream ? 1 : 0, 65536, &count) ||
      !bh_arg_number(env, arguments[1], "maxBytes", 0, 1u << 30, &bytes))
    return NULL;
  object->queue.max_count = (size_t)count;
  object->queue.max_bytes = (size_t)bytes;
  return bh_undefined(env);
}

static napi_value bind_or_connect(napi_env env, napi_callback_info info,
                                  int (*act)(bh_endpoint *, const char *, bh_failure *)) {
  napi_value argument;
  char path[BH_PATH_BYTES];
  bh_failure failure;
  bh_endpoint_object *object = bh_loop_object_of_call(env, info, 1, &argument, NULL);
  if (object == NULL || !bh_arg_path(env, argument, path)) return NULL;
  if (act(&object->core, path, &failure) != 0) return bh_throw(env, &failure);
  return bh_undefined(env);
}

static napi_value bind_method(napi_env env, napi_callback_info info) {
  return bind_or_connect(env, info, bh_datagram_bind);
}

static napi_value connect_method(napi_env env, napi_callback_info info) {
  return bind_or_connect(env, info, bh_datagram_connect);
}

static napi_value stats_method(napi_env env, napi_callback_info info) {
  void *data;
  napi_value result;
  napi_get_cb_info(env, info, NULL, NULL, NULL, &data);
  const bh_endpoint_object *object = data;
  if (napi_create_object(env, &result) != napi_ok) return NULL;
  const struct {
    const char *name;
    double value;
  } fields[] = {
      {"sent", object->counts.sent},           {"waiting", (double)object->queue.count},
      {"full", object->counts.full},           {"dropped", object->counts.dropped},
      {"received", object->counts.received},   {"truncated", object->counts.truncated},
      {"errors", object->counts.errors},       {"wakeUps", object->counts.wake_ups},
      {"maxBytes", object->core.stream ? (double)(1ull << 53) : (double)object->core.max_bytes},
  };
  for (size_t i = 0; i < BH_COUNT(fields); i++) bh_set(env, result, fields[i].name, bh_number(env, fields[i].value));
  return result;
}

/* The first nine serve streams and foreign datagram sockets, too. */
static const bh_method methods[] = {
    {"send", send_method},          {"receive", receive_method},    {"receiveWait", receive_wait_method},
    {"onMessage", bh_on_message_method}, {"setWait", bh_set_wait_method}, {"setQueue", set_queue_method},
    {"stats", stats_method},        {"stampReads", bh_stamp_reads_method}, {"close", bh_close_method},
    {"bind", bind_method},          {"connect", connect_method},    {"sendTo", send_to_method},
};
#define COMMON_METHODS 9

/** Gives `core` an object of JavaScript's, or closes it. */
static napi_value make_object(napi_env env, bh_endpoint *core, size_t method_count) {
  bh_endpoint_object *object = bh_loop_object_new(env, &kind, sizeof *object, method_count);
  if (object == NULL) {
    bh_endpoint_close(core);
    return NULL;
  }
  object->core = *core;
  object->writer_fd = -1;
  object->queue.max_count = 256;
  object->queue.max_bytes = 4u << 20;
  napi_value result = NULL;
  return bh_object(env, methods, method_count, object, bh_loop_object_release, &result) ? result : NULL;
}

napi_value bh_create_datagram_socket(napi_env env, napi_callback_info info) {
  (void)info;
  bh_endpoint core;
  bh_failure failure;
  if (bh_datagram_open(&core, &failure) != 0) return bh_throw(env, &failure);
  return make_object(env, &core, BH_COUNT(methods));
}

napi_value bh_open_udp_socket(napi_env env, napi_callback_info info) {
  napi_value argument;
  size_t given = 1;
  double family;
  bh_failure failure;
  napi_get_cb_info(env, info, &given, &argument, NULL, NULL);
  if (!bh_arg_number(env, argument, "family", 4, 6, &family)) return NULL;
  if (family != 4 && family != 6) return bh_throw_range(env, "family has to be 4 or 6.");
  int fd = bh_udp_open(family == 4 ? AF_INET : AF_INET6, &failure);
  return fd < 0 ? bh_throw(env, &failure) : bh_number(env, fd);
}

napi_value bh_open_icmp_socket(napi_env env, napi_callback_info info) {
  (void)info;
  bh_endpoint core;
  bh_failure failure;
  if (bh_icmp_open(&core, &failure) != 0) return bh_throw(env, &failure);
  return make_object(env, &core, COMMON_METHODS);
}

static napi_value wrap(napi_env env, napi_callback_info info, bool stream) {
  napi_value arguments[2];
  size_t given = 2;
  double read_fd, write_fd;
  bh_endpoint core;
  bh_failure failure;
  napi_get_cb_info(env, info, &given, arguments, NULL, NULL);
  if (!bh_arg_number(env, arguments[0], stream ? "readFd" : "fd", 0, INT32_MAX, &read_fd)) return NULL;
  write_fd = read_fd;
  if (stream && !bh_arg_number(env, arguments[1], "writeFd", 0, INT32_MAX, &write_fd)) return NULL;
  if (bh_endpoint_wrap(&core, (int)read_fd, (int)write_fd, stream, &failure) != 0) return bh_throw(env, &failure);
  return make_object(env, &core, COMMON_METHODS);
}

napi_value bh_wrap_datagram_socket(napi_env env, napi_callback_info info) { return wrap(env, info, false); }

napi_value bh_wrap_stream(napi_env env, napi_callback_info info) { return wrap(env, info, true); }
