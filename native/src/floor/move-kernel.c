#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "floor.h"

/* Pipes, FIFOs and stream sockets, blocking: an end sleeps in read() until the kernel wakes it. */

static int again(bh_failure *failure, const char *syscall) {
  if (errno != EINTR) return bh_fail(failure, 0, syscall, "Moving bytes failed: %s.", strerror(errno));
  return floor_stop != 0 ? floor_stopped(failure) : 0;
}

static int stream_send(floor_end *end, bh_failure *failure) {
  for (size_t done = 0; done < end->size;) {
    ssize_t sent = write(end->write_fd, end->bytes + done, end->size - done);
    if (sent > 0) done += (size_t)sent;
    else if (again(failure, "write") != 0) return -1;
  }
  return 0;
}

static int stream_receive(floor_end *end, bh_failure *failure) {
  for (size_t done = 0; done < end->size;) {
    ssize_t got = read(end->read_fd, end->bytes + done, end->size - done);
    if (got > 0) done += (size_t)got;
    else if (got == 0) return bh_fail(failure, ECONNRESET, "read", "The peer process closed its end in the middle of the run.");
    else if (again(failure, "read") != 0) return -1;
  }
  return 0;
}

const floor_moves floor_stream_moves = {stream_send, stream_receive};

/* Datagrams, blocking. Those of IP may be lost: the socket then has a receive time-out, and messages a number. */

static int datagram_send(floor_end *end, bh_failure *failure) {
  if (end->is_first) end->sequence += 1;
  if (end->lossy && end->size >= sizeof end->sequence) memcpy(end->bytes, &end->sequence, sizeof end->sequence);
  while (send(end->write_fd, end->bytes, end->size, 0) < 0)
    if (again(failure, "send") != 0) return -1;
  return 0;
}

static int datagram_receive(floor_end *end, bh_failure *failure) {
  for (;;) {
    ssize_t got = recv(end->read_fd, end->bytes, end->size, MSG_TRUNC);
    if (got < 0 && end->lossy && (errno == EAGAIN || errno == EWOULDBLOCK)) return 1;
    if (got < 0) {
      if (again(failure, "recv") != 0) return -1;
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
