#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../core/clock.h"
#include "../core/endpoint.h"
#include "floor.h"

/*
 * An end sleeps in read() or recv() until the kernel wakes it. With a time to spin the descriptors are non-blocking: it
 * looks again and again for so long, gives the core away after each look, and then sleeps in poll().
 */

/** An end that is killed with bytes unread, or written to after its end, resets a connection instead of closing it. */
static bool is_gone(int code) { return code == ECONNRESET || code == EPIPE; }

static int peer_gone(bh_failure *failure, const char *syscall) {
  return bh_fail(failure, ECONNRESET, syscall, "The peer process closed its end in the middle of the run.");
}

/** There was nothing. `*idle_since` is 0 at the first look. */
static int again(const floor_end *end, uint64_t *idle_since, bh_failure *failure, const char *syscall) {
  if (errno == EAGAIN || errno == EWOULDBLOCK) {
    if (floor_stop != 0) return floor_stopped(failure);
    const uint64_t now = bh_now_ns();
    if (*idle_since == 0) *idle_since = now;
    if (now - *idle_since < end->spin_ns) sched_yield();
    else bh_poll_readable(end->read_fd, BH_NS_PER_S);
    return 0;
  }
  if (is_gone(errno)) return peer_gone(failure, syscall);
  if (errno != EINTR) return bh_fail(failure, 0, syscall, "Moving bytes failed: %s.", strerror(errno));
  return floor_stop != 0 ? floor_stopped(failure) : 0;
}

/** The kernel's buffer is full: sleeps until it isn't. */
static int no_room(const floor_end *end, bh_failure *failure, const char *syscall) {
  if (is_gone(errno)) return peer_gone(failure, syscall);
  if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)
    return bh_fail(failure, 0, syscall, "Moving bytes failed: %s.", strerror(errno));
  if (floor_stop != 0) return floor_stopped(failure);
  struct pollfd watched = {.fd = end->write_fd, .events = POLLOUT};
  poll(&watched, 1, 1000);
  return 0;
}

/* Pipes, FIFOs and stream sockets. */

static int stream_send(floor_end *end, bh_failure *failure) {
  for (size_t done = 0; done < end->size;) {
    ssize_t sent = write(end->write_fd, end->bytes + done, end->size - done);
    if (sent > 0) done += (size_t)sent;
    else if (no_room(end, failure, "write") != 0) return -1;
  }
  return 0;
}

static int stream_receive(floor_end *end, bh_failure *failure) {
  uint64_t idle_since = 0;
  for (size_t done = 0; done < end->size;) {
    ssize_t got = read(end->read_fd, end->bytes + done, end->size - done);
    if (got > 0) {
      done += (size_t)got;
      idle_since = 0;
    } else if (got == 0) {
      return peer_gone(failure, "read");
    } else if (again(end, &idle_since, failure, "read") != 0) {
      return -1;
    }
  }
  return 0;
}

const floor_moves floor_stream_moves = {stream_send, stream_receive};

/* Datagrams. Those of IP may be lost: the socket then has a receive time-out, and messages a number. */

/** Whether the message that the measuring end waits for has taken too long. */
static bool is_lost(const floor_end *end, uint64_t idle_since) {
  if (!end->lossy || !end->is_first || (errno != EAGAIN && errno != EWOULDBLOCK)) return false;
  return end->spin_ns == 0 || (idle_since != 0 && bh_now_ns() - idle_since >= BH_NS_PER_S);
}

static int datagram_send(floor_end *end, bh_failure *failure) {
  if (end->is_first) end->sequence += 1;
  if (end->lossy && end->size >= sizeof end->sequence) memcpy(end->bytes, &end->sequence, sizeof end->sequence);
  while (send(end->write_fd, end->bytes, end->size, 0) < 0)
    if (no_room(end, failure, "send") != 0) return -1;
  return 0;
}

static int datagram_receive(floor_end *end, bh_failure *failure) {
  uint64_t idle_since = 0;
  for (;;) {
    ssize_t got = recv(end->read_fd, end->bytes, end->size, MSG_TRUNC);
    if (got < 0 && is_lost(end, idle_since)) return 1;
    if (got < 0) {
      if (again(end, &idle_since, failure, "recv") != 0) return -1;
      continue;
    }
    if ((size_t)got != end->size)
      return bh_fail(failure, EMSGSIZE, "recv", "A datagram of %zd bytes came instead of %zu.", got, end->size);
    if (!end->lossy || end->size < sizeof end->sequence) return 0;
    uint64_t sequence;
    memcpy(&sequence, end->bytes, sizeof sequence);
    if (!end->is_first) end->sequence = sequence;
    /* The answer to a ping that was given up as lost is nobody's answer any more. */
    if (sequence == end->sequence) return 0;
  }
}

const floor_moves floor_datagram_moves = {datagram_send, datagram_receive};
