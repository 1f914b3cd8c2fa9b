#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "floor.h"

#define ASLEEP "asleep in a blocking system call"

/* A stream has no empty message. Datagram limits: IPv4 65535 - 20 - 8; IPv6 65535 - 8; Unix: the send buffer says. */
const floor_method floor_methods[] = {
    {"unix-dgram", floor_open_unix_dgram, &floor_datagram_moves, 0, FLOOR_MAX_BYTES, false, false, false, ASLEEP, true, false},
    {"unix-stream", floor_open_unix_stream, &floor_stream_moves, 1, FLOOR_MAX_BYTES, false, false, false, ASLEEP, true, false},
    {"fifo", floor_open_fifo, &floor_stream_moves, 1, FLOOR_MAX_BYTES, false, false, false, ASLEEP, true, false},
    {"stdout", floor_open_standard_streams, &floor_stream_moves, 1, FLOOR_MAX_BYTES, false, false, false, ASLEEP, true, false},
    {"tcp", floor_open_tcp, &floor_stream_moves, 1, FLOOR_MAX_BYTES, false, false, false, ASLEEP, true, false},
    {"tcp-delay", floor_open_tcp_delay, &floor_stream_moves, 1, FLOOR_MAX_BYTES, false, false, false, ASLEEP, true, false},
    {"tcp6", floor_open_tcp6, &floor_stream_moves, 1, FLOOR_MAX_BYTES, false, false, false, ASLEEP, true, false},
    {"udp", floor_open_udp, &floor_datagram_moves, 0, 65507, true, false, false, ASLEEP, true, false},
    {"udp6", floor_open_udp6, &floor_datagram_moves, 0, 65527, true, false, false, ASLEEP, true, false},
    {"shmem", floor_open_shared, &floor_spin_moves, 0, FLOOR_MAX_BYTES, false, false, true,
     "spinning on shared memory, sched_yield at every 64th look", false, true},
    {"shmem-futex", floor_open_shared, &floor_futex_moves, 0, FLOOR_MAX_BYTES, false, false, true, "asleep on a futex", false, false},
    {"file", floor_open_file, &floor_file_moves, 0, FLOOR_MAX_BYTES, false, false, false, "pread in a loop, sched_yield after each", false, true},
    {"icmp", floor_open_icmp, &floor_icmp_moves, 0, 65507, true, true, false, ASLEEP ", answered by the kernel", false, false},
};
const size_t floor_method_count = sizeof floor_methods / sizeof *floor_methods;

const floor_method *floor_find(const char *name) {
  for (size_t i = 0; i < floor_method_count; i++)
    if (strcmp(floor_methods[i].name, name) == 0) return &floor_methods[i];
  return NULL;
}

static int make_folder(bool in_memory, char *folder, size_t size, bh_failure *failure) {
  const char *temporary = getenv("TMPDIR");
  if (temporary == NULL || temporary[0] == '\0') temporary = "/tmp";
  /* A mapping of a file on a disk would be written back there while it is measured. */
  if (in_memory && access("/dev/shm", W_OK) == 0) temporary = "/dev/shm";
  if ((size_t)snprintf(folder, size, "%s/bulkhead-floor-XXXXXX", temporary) >= size)
    return bh_fail(failure, ENAMETOOLONG, "", "The path in TMPDIR is too long; set TMPDIR to a shorter folder.");
  if (mkdtemp(folder) == NULL)
    return bh_fail(failure, 0, "mkdtemp", "No temporary folder could be made in %s: %s.", temporary, strerror(errno));
  return 0;
}

static void remove_folder(const char *folder) {
  static const char *const names[] = {"0", "1", "s", "m", "f"};
  char path[256];
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    snprintf(path, sizeof path, "%s/%s", folder, names[i]);
    unlink(path);
  }
  rmdir(folder);
}

static int prepare(floor_end *end, const floor_method *method, size_t size, bool is_first, bh_failure *failure) {
  memset(end, 0, sizeof *end);
  end->read_fd = end->write_fd = -1;
  end->moves = method->moves;
  end->size = size;
  end->lossy = method->lossy;
  end->is_first = is_first;
  /* Room for the headers of icmp as well. */
  end->bytes = calloc(1, size + 128);
  if (end->bytes == NULL) return bh_fail(failure, ENOMEM, "", "There is no memory for a message of %zu bytes.", size);
  for (size_t i = 0; i < size + 128; i++) end->bytes[i] = (unsigned char)i;
  return 0;
}

static bool not_here(int code) {
  return code == EPERM || code == EACCES || code == EAFNOSUPPORT || code == EADDRNOTAVAIL || code == EPROTONOSUPPORT || code == ENOSYS ||
         code == EMSGSIZE;
}

int floor_open(const floor_method *method, size_t size, floor_end *first, floor_end *second, bh_failure *failure) {
  char folder[200];
  int outcome = prepare(first, method, size, true, failure);
  outcome = prepare(second, method, size, false, failure) != 0 ? -1 : outcome;
  if (outcome == 0) outcome = make_folder(method->in_memory_folder, folder, sizeof folder, failure);
  if (outcome == 0) {
    outcome = method->open(first, second, folder, size, failure);
    remove_folder(folder);
  }
  /* For the measuring end: how long an answer may take before it counts as lost. */
  const struct timeval limit = {.tv_sec = 1};
  if (outcome == 0 && method->lossy && setsockopt(first->read_fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) != 0)
    outcome = bh_fail(failure, 0, "setsockopt", "The receive time-out could not be set: %s.", strerror(errno));
  if (outcome == 0) return FLOOR_DONE;
  floor_close(first);
  floor_close(second);
  return not_here(failure->code) ? FLOOR_UNAVAILABLE : FLOOR_FAILED;
}

void floor_forget(floor_end *end) {
  if (end->write_fd >= 0 && end->write_fd != end->read_fd) close(end->write_fd);
  if (end->read_fd >= 0) close(end->read_fd);
  end->read_fd = end->write_fd = -1;
  /* A close would tell the other process that its peer is gone. */
  bh_shared_forget(&end->shared);
  free(end->bytes);
  end->bytes = NULL;
}

void floor_close(floor_end *end) {
  bh_shared_close(&end->shared);
  floor_forget(end);
}
