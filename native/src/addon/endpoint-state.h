#ifndef BH_ENDPOINT_STATE_H
#define BH_ENDPOINT_STATE_H

#include "../core/endpoint.h"
#include "../core/queue.h"
#include "loop-object.h"
#include "own-wait.h"

typedef struct {
  double sent, full, received, truncated, dropped, errors, wake_ups;
} bh_endpoint_counts;

/** One answer to a wake-up. It enters JavaScript once, or a second time when the peer takes its time. */
typedef struct {
  uint64_t started;    /* 0 when nothing is waited for */
  uint64_t idle_since; /* 0: the last look brought something */
  unsigned taken;
  bool hit;     /* waiting brought something */
  bool settled; /* since the last message, what it left for later has run */
  bool again;   /* it goes on after that */
  bool ended;
} bh_endpoint_turn;

/** What stands behind a DatagramSocket or StreamEndpoint of JavaScript. */
typedef struct {
  bh_loop_object base;
  bh_endpoint core;
  bool reading; /* whether `reader` is started */
  bh_wait_place place; /* instead of `reader`, in a thread that waits by itself */
  bool writing; /* whether `writer` is started: only while something waits */
  bh_queue queue;
  bh_endpoint_turn turn;
  bh_endpoint_counts counts;
  bool refused; /* receiving brought up that the peer's address is nobody's: the next send says so */
  /* Two handles, for libuv allows one per descriptor, and these may be two. Made when first needed. */
  uv_poll_t reader, writer;
  bool reader_made, writer_made;
  int writer_fd; /* a duplicate for `writer` when both directions share one descriptor; else -1 */
  int handles_closing;
} bh_endpoint_object;

/** Receives what there is, and waits for more as long as that pays off: the listener's turn. */
napi_value bh_endpoint_turn_callback(napi_env env, napi_callback_info info);
/** Starts polling for reading, with a listener in place. False with an exception pending. */
bool bh_endpoint_start_reading(void *endpoint_object);
/** Starts polling for room to write, with something in the queue. False with an exception pending. */
bool bh_endpoint_start_writing(bh_endpoint_object *object);
/** Closes at once, and frees when the loop has released it. A second call does nothing. Safe inside the listener's callback. */
void bh_endpoint_object_close(void *endpoint_object);

#endif
