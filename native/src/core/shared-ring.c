#include <errno.h>
#include <string.h>

#include "futex.h"
#include "shared.h"

/* A message in the ring: its length in 8 bytes, its bytes, padding to 8. Indexes are always multiples of 8. */
#define LENGTH_BYTES 8u

static uint64_t room_for(uint64_t length) { return LENGTH_BYTES + ((length + 7u) & ~7ull); }

static unsigned char *ring_bytes_of(const bh_shared *shared, int ring) {
  return (unsigned char *)shared->header + BH_SHARED_HEADER_BYTES + (size_t)ring * shared->ring_bytes;
}

/* `at` is cut to the ring, whatever it was, and `length` is at most ring_bytes: both copies stay inside. */
static void copy_in(const bh_shared *shared, uint64_t at, const void *from, size_t length) {
  unsigned char *ring = ring_bytes_of(shared, shared->side);
  size_t offset = (size_t)(at & (shared->ring_bytes - 1));
  size_t first = shared->ring_bytes - offset < length ? shared->ring_bytes - offset : length;
  if (first > 0) memcpy(ring + offset, from, first);
  if (length > first) memcpy(ring, (const unsigned char *)from + first, length - first);
}

static void copy_out(const bh_shared *shared, uint64_t at, void *into, size_t length) {
  const unsigned char *ring = ring_bytes_of(shared, 1 - shared->side);
  size_t offset = (size_t)(at & (shared->ring_bytes - 1));
  size_t first = shared->ring_bytes - offset < length ? shared->ring_bytes - offset : length;
  if (first > 0) memcpy(into, ring + offset, first);
  if (length > first) memcpy((unsigned char *)into + first, ring, length - first);
}

int bh_shared_send(bh_shared *shared, const void *bytes, size_t length, bh_failure *failure) {
  bh_ring_shared *ring = &shared->header->ring[shared->side];
  if (length > shared->ring_bytes - LENGTH_BYTES)
    return bh_fail(failure, EMSGSIZE, "", "A message of %zu bytes does not fit a ring of %u.", length,
                   shared->ring_bytes);
  uint64_t need = room_for(length);
  if (shared->ring_bytes - (shared->tail - shared->peer_head) < need) {
    /* Acquire: the peer has copied out what it says it has, before we write over it. */
    uint64_t head = atomic_load_explicit(&ring->head, memory_order_acquire);
    uint64_t used = shared->tail - head;
    if (used > shared->ring_bytes || head < shared->peer_head)
      return bh_fail(failure, EPROTO, "", "The other side of the shared memory wrote an impossible read index.");
    shared->peer_head = head;
    if (shared->ring_bytes - used < need) return 1;
  }
  uint64_t prefix = length;
  copy_in(shared, shared->tail, &prefix, sizeof prefix);
  copy_in(shared, shared->tail + LENGTH_BYTES, bytes, length);
  shared->tail += need;
  /*
   * Sequentially consistent with the sleeper's store to `sleeping` and its load of `tail`: either it sees this
   * message and doesn't sleep, or this side sees that it sleeps and wakes it. Acquire and release alone let both miss.
   */
  atomic_store_explicit(&ring->tail, shared->tail, memory_order_release);
  atomic_thread_fence(memory_order_seq_cst);
  if (atomic_load_explicit(&ring->sleeping, memory_order_relaxed) != 0 && atomic_exchange(&ring->sleeping, 0u) != 0) {
    atomic_fetch_add(&ring->wake, 1u);
    bh_futex_wake(&ring->wake, 1);
  }
  return 0;
}

/** The next message's length: 1 there, 0 none, -1 nonsense. */
static int next_length(const bh_shared *shared, uint64_t *length, bh_failure *failure) {
  bh_ring_shared *ring = &shared->header->ring[1 - shared->side];
  uint64_t head = atomic_load_explicit(&shared->head, memory_order_relaxed);
  uint64_t available = atomic_load_explicit(&ring->tail, memory_order_acquire) - head;
  if (available == 0) return 0;
  if (available > shared->ring_bytes || (available & 7u) != 0)
    return bh_fail(failure, EPROTO, "", "The other side of the shared memory wrote an impossible write index.");
  copy_out(shared, head, length, sizeof *length);
  if (*length > shared->ring_bytes - LENGTH_BYTES || room_for(*length) > available)
    return bh_fail(failure, EPROTO, "", "The other side of the shared memory wrote an impossible message length.");
  return 1;
}

static void advance(bh_shared *shared, uint64_t length) {
  uint64_t head = atomic_load_explicit(&shared->head, memory_order_relaxed) + room_for(length);
  atomic_store_explicit(&shared->head, head, memory_order_relaxed);
  atomic_store_explicit(&shared->header->ring[1 - shared->side].head, head, memory_order_release);
}

int bh_shared_receive(bh_shared *shared, void *into, size_t capacity, size_t *length, bh_failure *failure) {
  uint64_t found;
  int outcome = next_length(shared, &found, failure);
  if (outcome <= 0) return outcome;
  *length = (size_t)found;
  if (found > capacity)
    return bh_fail(failure, EMSGSIZE, "", "The next message has %zu bytes and the buffer %zu.", *length, capacity);
  copy_out(shared, atomic_load_explicit(&shared->head, memory_order_relaxed) + LENGTH_BYTES, into, *length);
  advance(shared, found);
  return 1;
}

int bh_shared_skip(bh_shared *shared, bh_failure *failure) {
  uint64_t found;
  int outcome = next_length(shared, &found, failure);
  if (outcome == 1) advance(shared, found);
  return outcome;
}

bool bh_shared_readable(const bh_shared *shared) {
  const bh_ring_shared *ring = &shared->header->ring[1 - shared->side];
  return atomic_load_explicit(&ring->tail, memory_order_acquire) !=
         atomic_load_explicit(&shared->head, memory_order_relaxed);
}

bool bh_shared_peer_closed(const bh_shared *shared) {
  return atomic_load_explicit(&shared->header->closed[1 - shared->side], memory_order_acquire) != 0;
}

static bool given_up(const bh_shared *shared, const _Atomic bool *stop) {
  return (stop != NULL && atomic_load(stop)) || bh_shared_peer_closed(shared);
}

bool bh_shared_wait(bh_shared *shared, uint64_t spin_ns, uint64_t timeout_ns, const _Atomic bool *stop) {
  if (bh_shared_readable(shared)) return true;
  bh_ring_shared *ring = &shared->header->ring[1 - shared->side];
  uint64_t started = bh_now_ns();
  if (spin_ns > timeout_ns) spin_ns = timeout_ns;
  for (unsigned step = 0; spin_ns > 0; step++) {
    if (bh_shared_readable(shared)) return true;
    bh_spin_step(step);
    /* The clock costs as much as several looks at the ring. */
    if ((step & 15u) == 15u && (given_up(shared, stop) || bh_now_ns() - started >= spin_ns)) break;
  }
  for (;;) {
    uint64_t waited = bh_now_ns() - started;
    if (bh_shared_readable(shared)) return true;
    if (waited >= timeout_ns || given_up(shared, stop)) return false;
    uint32_t seen = atomic_load(&ring->wake);
    atomic_store(&ring->sleeping, 1u);
    /* See bh_shared_send. */
    atomic_thread_fence(memory_order_seq_cst);
    int interrupted = 0;
    if (!bh_shared_readable(shared) && !given_up(shared, stop)) {
      errno = 0;
      bh_futex_sleep(&ring->wake, seen, timeout_ns - waited);
      interrupted = errno == EINTR;
    }
    atomic_store_explicit(&ring->sleeping, 0u, memory_order_relaxed);
    if (interrupted) return bh_shared_readable(shared);
  }
}

void bh_shared_interrupt(bh_shared *shared) {
  bh_ring_shared *ring = &shared->header->ring[1 - shared->side];
  atomic_fetch_add(&ring->wake, 1u);
  bh_futex_wake(&ring->wake, INT32_MAX);
}
