#include <errno.h>
#include <sched.h>
#include <string.h>
#include <unistd.h>

#include "../core/clock.h"
#include "floor.h"

/* Shared memory. */

static int shared_send(floor_end *end, bh_failure *failure) {
  int outcome = bh_shared_send(&end->shared, end->bytes, end->size, failure);
  return outcome == 1 ? bh_fail(failure, EPROTO, "", "The ring was full, which one message at a time can't fill.") : outcome;
}

static int take(floor_end *end, bh_failure *failure) {
  size_t length;
  int outcome = bh_shared_receive(&end->shared, end->bytes, end->size, &length, failure);
  return outcome == 1 ? 0 : -1;
}

/* Spins until something is there; see bh_spin_step for both ends on one core. */
static int spin_receive(floor_end *end, bh_failure *failure) {
  for (unsigned step = 0; !bh_shared_readable(&end->shared); step++) {
    bh_spin_step(step);
    if ((step & 1023u) == 1023u && floor_stop != 0) return floor_stopped(failure);
  }
  return take(end, failure);
}

/* Sleeps at once: each message costs a wake-up, as with the kernel's transports. */
static int futex_receive(floor_end *end, bh_failure *failure) {
  while (!bh_shared_wait(&end->shared, 0, BH_NS_PER_S, NULL)) {
    if (floor_stop != 0) return floor_stopped(failure);
    if (bh_shared_peer_closed(&end->shared))
      return bh_fail(failure, ECONNRESET, "", "The peer process closed its end in the middle of the run.");
  }
  return take(end, failure);
}

const floor_moves floor_spin_moves = {shared_send, spin_receive};
const floor_moves floor_futex_moves = {shared_send, futex_receive};

/*
 * A regular file: for each direction a number at the front and the bytes behind. A file can't wake anybody, so an end
 * reads the other's number again and again, and gives the core away in between (sched_yield). pwrite and pread go
 * through the page cache, in which a write is visible to the next read; the number is written after the bytes.
 */
#define NUMBER_OF(first) ((first) ? 0 : 64)
#define BYTES_OF(first, size) (4096 + ((first) ? 0 : (off_t)(size)))

static int file_move(floor_end *end, bool out, off_t at, void *bytes, size_t size, bh_failure *failure) {
  for (size_t done = 0; done < size;) {
    ssize_t moved = out ? pwrite(end->write_fd, (char *)bytes + done, size - done, at + (off_t)done)
                        : pread(end->read_fd, (char *)bytes + done, size - done, at + (off_t)done);
    if (moved > 0) done += (size_t)moved;
    else if (moved == 0) return bh_fail(failure, EIO, "pread", "The shared file is shorter than it was made.");
    else if (errno != EINTR) return bh_fail(failure, 0, out ? "pwrite" : "pread", "The shared file failed: %s.", strerror(errno));
  }
  return 0;
}

static int file_send(floor_end *end, bh_failure *failure) {
  if (end->is_first) end->sequence += 1;
  if (file_move(end, true, BYTES_OF(end->is_first, end->size), end->bytes, end->size, failure) != 0) return -1;
  return file_move(end, true, NUMBER_OF(end->is_first), &end->sequence, sizeof end->sequence, failure);
}

static int file_receive(floor_end *end, bh_failure *failure) {
  const uint64_t wanted = end->is_first ? end->sequence : end->sequence + 1;
  for (uint64_t seen;;) {
    if (file_move(end, false, NUMBER_OF(!end->is_first), &seen, sizeof seen, failure) != 0) return -1;
    if (seen == wanted) break;
    if (floor_stop != 0) return floor_stopped(failure);
    sched_yield();
  }
  end->sequence = wanted;
  return file_move(end, false, BYTES_OF(!end->is_first, end->size), end->bytes, end->size, failure);
}

const floor_moves floor_file_moves = {file_send, file_receive};
