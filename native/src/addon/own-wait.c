#include "own-wait.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/prctl.h>

#include "../core/clock.h"

/*
 * How a message comes to its listener. `serve` is a loop of JavaScript's: it asks `next` for the next listener, and calls
 * it. `next` sleeps. So the thread sleeps inside of JavaScript, and a message that wakes it returns there: to enter
 * JavaScript after the sleep, through code that has gone cold meanwhile, took 12 to 17 µs of each message at 20 a second.
 * When nothing more came for a while `serve` returns, for promises and ticks to run, and is entered anew. Not at once:
 * where both ends share a core that would be in the way of the peer's answer.
 */

/** What the kernel adds to a sleep by default is 50 µs, to have several end together. */
#define TIMER_SLACK_NS 1ul
#define NEVER UINT64_MAX
/* Promises and ticks of a message wait no longer. A shorter sleep than the scheduler's tick costs a timer of its own. */
#define SETTLE_NS 2000000ull

/** Why `next` had nothing more to give: it is the loop's turn; promises and ticks first; something is to be served outside. */
typedef enum { LOOP, AGAIN, OUTSIDE } left_for;

struct bh_own_wait {
  napi_env env;
  uv_loop_t *loop;
  uv_prepare_t before_poll;
  /* While it is active, libuv's own poll looks and doesn't sleep. */
  uv_idle_t no_sleep;
  napi_async_cleanup_hook_handle cleanup;
  napi_ref serve, said, alarm;
  uint64_t alarm_at_ns;
  bh_wait_place **places;
  struct pollfd *watched; /* the loop's, then one for each place */
  size_t count, room;
  bool changed; /* places came or went: `watched` is made anew */
  int found;    /* of the last look, and not served yet; from place `at` on */
  size_t at;
  bool loop_due;
  uint64_t settle_by_ns; /* NEVER: nothing was served since `serve` was entered */
  bool entered;    /* `serve` has come to `next` */
  left_for left;
  bool closing;
  double sleeps, loop_turns;
  unsigned handles;  /* not closed yet */
  size_t references; /* the environment's, the handles', and one for each function of JavaScript's */
};

static void release(bh_own_wait *wait) {
  if (--wait->references > 0) return;
  free(wait->places);
  free(wait->watched);
  free(wait);
}

static void on_handle_closed(uv_handle_t *handle) {
  bh_own_wait *wait = handle->data;
  if (--wait->handles > 0) return;
  napi_remove_async_cleanup_hook(wait->cleanup);
  release(wait);
}

/** As a handle of libuv's that listens, what is waited for here keeps the loop going. */
static bool has_something(bh_own_wait *wait) {
  const bool something = wait->count > 0 || wait->alarm_at_ns != NEVER;
  if (something) uv_ref((uv_handle_t *)&wait->before_poll);
  else uv_unref((uv_handle_t *)&wait->before_poll);
  return something;
}

static void drop_functions(bh_own_wait *wait) {
  napi_ref *references[] = {&wait->serve, &wait->said, &wait->alarm};
  for (size_t i = 0; i < BH_COUNT(references); i++) {
    if (*references[i] != NULL) napi_delete_reference(wait->env, *references[i]);
    *references[i] = NULL;
  }
}

static void on_environment_end(napi_async_cleanup_hook_handle handle, void *data) {
  (void)handle;
  bh_own_wait *wait = data;
  wait->closing = true;
  while (wait->count > 0) bh_wait_leave(wait->places[wait->count - 1]);
  drop_functions(wait);
  uv_close((uv_handle_t *)&wait->before_poll, on_handle_closed);
  uv_close((uv_handle_t *)&wait->no_sleep, on_handle_closed);
}

bh_own_wait *bh_own_wait_of(napi_env env) {
  void *data = NULL;
  if (napi_get_instance_data(env, &data) != napi_ok || data == NULL) return NULL;
  bh_own_wait *wait = data;
  return wait->closing ? NULL : wait;
}

bool bh_wait_join(bh_own_wait *wait, bh_wait_place *place) {
  if (wait->count == wait->room) {
    const size_t room = wait->room == 0 ? 8 : wait->room * 2;
    bh_wait_place **places = realloc(wait->places, room * sizeof *places);
    if (places != NULL) wait->places = places;
    struct pollfd *watched = realloc(wait->watched, (room + 1) * sizeof *watched);
    if (watched != NULL) wait->watched = watched;
    if (places == NULL || watched == NULL) return false;
    wait->room = room;
  }
  place->wait = wait;
  wait->places[wait->count++] = place;
  wait->changed = true;
  has_something(wait);
  return true;
}

void bh_wait_leave(bh_wait_place *place) {
  bh_own_wait *wait = place->wait;
  if (wait == NULL) return;
  place->wait = NULL;
  size_t at = 0;
  while (wait->places[at] != place) at++;
  wait->places[at] = wait->places[--wait->count];
  wait->changed = true;
  has_something(wait);
}

static void watch(bh_own_wait *wait) {
  wait->watched[0] = (struct pollfd){.fd = uv_backend_fd(wait->loop), .events = POLLIN};
  for (size_t i = 0; i < wait->count; i++)
    wait->watched[i + 1] = (struct pollfd){.fd = wait->places[i]->fd, .events = POLLIN};
  wait->changed = false;
}

static void on_idle(uv_idle_t *handle) { (void)handle; }

static void sooner(uint64_t *limit_ns, uint64_t at_ns, uint64_t now_ns) {
  const uint64_t in_ns = at_ns > now_ns ? at_ns - now_ns : 0;
  if (in_ns < *limit_ns) *limit_ns = in_ns;
}

/** Sleeps until something is there. */
static void look(bh_own_wait *wait) {
  wait->found = 0;
  wait->at = 0;
  wait->loop_due = true;
  uv_update_time(wait->loop);
  const int loop_ms = uv_backend_timeout(wait->loop);
  const uint64_t loop_ns = loop_ms < 0 ? NEVER : (uint64_t)loop_ms * 1000000u;
  uint64_t limit_ns = loop_ns;
  if (wait->alarm_at_ns != NEVER || wait->settle_by_ns != NEVER) {
    const uint64_t now = bh_now_ns();
    if (wait->alarm_at_ns != NEVER) sooner(&limit_ns, wait->alarm_at_ns, now);
    if (wait->settle_by_ns != NEVER) sooner(&limit_ns, wait->settle_by_ns, now);
  }
  if (wait->changed) watch(wait);
  const struct timespec limit = bh_timespec(limit_ns == NEVER ? 0 : limit_ns);
  const int found = ppoll(wait->watched, wait->count + 1, limit_ns == NEVER ? NULL : &limit, NULL);
  /* A signal, or no memory for the moment: the loop's turn passes the time. */
  if (found < 0) return;
  wait->sleeps += 1;
  wait->loop_due = wait->watched[0].revents != 0 || loop_ms == 0 || (found == 0 && limit_ns == loop_ns);
  wait->found = wait->watched[0].revents != 0 ? found - 1 : found;
}

/** The next place that the last look found something for, or NULL. When places came or went, the next look finds it. */
static bh_wait_place *next_place(bh_own_wait *wait) {
  while (wait->found > 0 && !wait->changed && wait->at < wait->count) {
    const size_t at = wait->at++;
    if (wait->watched[at + 1].revents == 0) continue;
    wait->found -= 1;
    return wait->places[at];
  }
  return NULL;
}

static void served(bh_own_wait *wait) {
  if (wait->settle_by_ns == NEVER) wait->settle_by_ns = bh_now_ns() + SETTLE_NS;
}

static napi_value leave(bh_own_wait *wait, left_for left) {
  wait->left = left;
  return NULL;
}

static napi_value next_method(napi_env env, napi_callback_info info) {
  void *data, *said_bytes = NULL;
  napi_value said, heard = NULL;
  size_t count = 0;
  napi_typedarray_type type;
  napi_get_cb_info(env, info, NULL, NULL, NULL, &data);
  bh_own_wait *wait = data;
  wait->entered = true;
  /* Valid until JavaScript runs again, which it does when this returns. */
  if (wait->closing || napi_get_reference_value(env, wait->said, &said) != napi_ok ||
      napi_get_typedarray_info(env, said, &type, &count, &said_bytes, NULL, NULL) != napi_ok || count < BH_SAID)
    return leave(wait, LOOP);
  for (;;) {
    for (bh_wait_place *place = next_place(wait); place != NULL; place = next_place(wait)) {
      if (place->looks_for_more(place->data)) {
        wait->at -= 1;
        wait->found += 1;
        return leave(wait, OUTSIDE);
      }
      heard = place->take(place->data, said_bytes);
      if (heard == NULL) continue;
      served(wait);
      return heard;
    }
    if (wait->alarm_at_ns != NEVER || wait->settle_by_ns != NEVER) {
      const uint64_t now = bh_now_ns();
      if (wait->alarm_at_ns <= now) {
        wait->alarm_at_ns = NEVER;
        served(wait);
        return napi_get_reference_value(env, wait->alarm, &heard) == napi_ok ? heard : leave(wait, LOOP);
      }
      if (wait->settle_by_ns <= now) return leave(wait, wait->loop_due ? LOOP : AGAIN);
    }
    if (wait->loop_due || !has_something(wait)) return leave(wait, LOOP);
    look(wait);
  }
}

/** Has JavaScript serve. False when it is the loop's turn. */
static bool serve_once(bh_own_wait *wait) {
  napi_env env = wait->env;
  napi_handle_scope scope;
  napi_value serve, object, result;
  if (napi_open_handle_scope(env, &scope) != napi_ok) return false;
  wait->entered = false;
  wait->settle_by_ns = NEVER;
  wait->left = AGAIN;
  if (napi_get_reference_value(env, wait->serve, &serve) == napi_ok && napi_get_global(env, &object) == napi_ok)
    bh_report(env, napi_make_callback(env, NULL, object, serve, 0, NULL, &result));
  napi_close_handle_scope(env, scope);
  /* An environment that ends lets nobody in. */
  if (!wait->entered) return false;
  if (wait->left == OUTSIDE)
    for (bh_wait_place *place = next_place(wait); place != NULL; place = next_place(wait)) place->ready(place->data);
  return wait->left != LOOP && !(wait->left == OUTSIDE && wait->loop_due);
}

static void on_before_poll(uv_prepare_t *handle) {
  bh_own_wait *wait = handle->data;
  wait->loop_turns += 1;
  uv_idle_stop(&wait->no_sleep);
  wait->found = 0;
  wait->loop_due = false;
  while (!wait->closing && has_something(wait) && serve_once(wait));
  /* Without anything of its own to wait for, libuv's poll is as good. */
  if (!wait->closing && has_something(wait)) uv_idle_start(&wait->no_sleep, on_idle);
}

static void on_wait_released(napi_env env, void *data, void *hint) {
  (void)env;
  (void)hint;
  release(data);
}

static napi_value set_alarm_method(napi_env env, napi_callback_info info) {
  napi_value argument;
  size_t given = 1;
  double in_ns;
  void *data;
  napi_get_cb_info(env, info, &given, &argument, NULL, &data);
  bh_own_wait *wait = data;
  if (!bh_arg_number(env, argument, "inNs", -1, BH_MAX_WAIT_NS, &in_ns)) return NULL;
  wait->alarm_at_ns = in_ns < 0 ? NEVER : bh_now_ns() + (uint64_t)in_ns;
  if (!wait->closing) has_something(wait);
  return NULL;
}

static napi_value stats_method(napi_env env, napi_callback_info info) {
  void *data;
  napi_value result;
  napi_get_cb_info(env, info, NULL, NULL, NULL, &data);
  const bh_own_wait *wait = data;
  if (napi_create_object(env, &result) != napi_ok) return NULL;
  bh_set(env, result, "waitedFor", bh_number(env, (double)wait->count));
  bh_set(env, result, "sleeps", bh_number(env, wait->sleeps));
  bh_set(env, result, "loopTurns", bh_number(env, wait->loop_turns));
  return result;
}

static const bh_method methods[] = {{"next", next_method}, {"setAlarm", set_alarm_method}, {"stats", stats_method}};

/** A wait that runs, with the environment's and the handles' references. NULL with an exception pending. */
static bh_own_wait *start(napi_env env) {
  bh_own_wait *wait = calloc(1, sizeof *wait);
  if (wait != NULL) {
    *wait = (bh_own_wait){.env = env, .alarm_at_ns = NEVER, .settle_by_ns = NEVER, .changed = true, .references = 1};
    wait->watched = malloc(sizeof *wait->watched);
  }
  if (wait == NULL || wait->watched == NULL || napi_get_uv_event_loop(env, &wait->loop) != napi_ok ||
      napi_add_async_cleanup_hook(env, on_environment_end, wait, &wait->cleanup) != napi_ok) {
    if (wait != NULL) release(wait);
    napi_throw_error(env, "ENOMEM", "This thread's wait could not be prepared.");
    return NULL;
  }
  /* None of these can fail. */
  uv_prepare_init(wait->loop, &wait->before_poll);
  uv_idle_init(wait->loop, &wait->no_sleep);
  wait->before_poll.data = wait->no_sleep.data = wait;
  wait->handles = 2;
  uv_prepare_start(&wait->before_poll, on_before_poll);
  uv_unref((uv_handle_t *)&wait->before_poll);
  uv_unref((uv_handle_t *)&wait->no_sleep);
  wait->references += 1;
  if (napi_set_instance_data(env, wait, on_wait_released, NULL) != napi_ok) release(wait);
  prctl(PR_SET_TIMERSLACK, TIMER_SLACK_NS);
  return wait;
}

static bool keep(napi_env env, napi_value value, napi_ref *reference) {
  return napi_create_reference(env, value, 1, reference) == napi_ok;
}

napi_value bh_wait_by_itself(napi_env env, napi_callback_info info) {
  napi_value arguments[3], result = NULL;
  size_t given = 3, count = 0;
  napi_valuetype serve, alarm;
  napi_typedarray_type type;
  napi_get_cb_info(env, info, &given, arguments, NULL, NULL);
  if (napi_typeof(env, arguments[0], &serve) != napi_ok || serve != napi_function)
    return bh_throw_type(env, "serve has to be a function.");
  if (napi_get_typedarray_info(env, arguments[1], &type, &count, NULL, NULL, NULL) != napi_ok ||
      type != napi_float64_array || count < BH_SAID)
    return bh_throw_type(env, "said has to be a Float64Array of at least two elements.");
  if (napi_typeof(env, arguments[2], &alarm) != napi_ok || alarm != napi_function)
    return bh_throw_type(env, "onAlarm has to be a function.");
  bh_own_wait *wait = bh_own_wait_of(env);
  if (wait == NULL && (wait = start(env)) == NULL) return NULL;
  drop_functions(wait);
  if (!keep(env, arguments[0], &wait->serve) || !keep(env, arguments[1], &wait->said) ||
      !keep(env, arguments[2], &wait->alarm)) {
    napi_throw_error(env, "ENOMEM", "The functions could not be kept.");
    return NULL;
  }
  wait->references += BH_COUNT(methods);
  return bh_object(env, methods, BH_COUNT(methods), wait, on_wait_released, &result) ? result : NULL;
}
