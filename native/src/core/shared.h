#ifndef BH_SHARED_H
#define BH_SHARED_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "failure.h"
#include "shared-layout.h"

/**
 * One side of a shared-memory channel: two single-producer single-consumer byte rings, one each way, that carry
 * messages of 0 to ring_bytes - 8 bytes. One thread sends and one receives.
 */
typedef struct {
  bh_shared_header *header; /* NULL once closed */
  size_t map_bytes;
  uint32_t ring_bytes;
  int side; /* 0 the creator, 1 the opener: also the ring that it writes */
  /* Own copies of what this side writes. Never read back: the peer can't lead them astray. */
  uint64_t tail;
  _Atomic uint64_t head; /* atomic, for bh_shared_wait may run on another thread than bh_shared_receive */
  /** The peer's progress as last seen: read anew only when the ring looks full, which saves a cache miss per send. */
  uint64_t peer_head;
  char *path; /* the creator's, to remove at close */
  dev_t device;
  ino_t inode;
} bh_shared;

/** Makes the file, which must not exist, with mode 0600. `ring_bytes`: a power of two, 4 KiB to 64 MiB. 0 or -1. */
int bh_shared_create(bh_shared *shared, const char *path, uint64_t ring_bytes, bh_failure *failure);

/** Opens what another process created. Refuses what isn't this user's, isn't such a file, or has an opener. 0 or -1. */
int bh_shared_open(bh_shared *shared, const char *path, bh_failure *failure);

/** Sends one message. 0 sent; 1 no room now; -1 too large for the ring (EMSGSIZE), or the peer's index is impossible (EPROTO). */
int bh_shared_send(bh_shared *shared, const void *bytes, size_t length, bh_failure *failure);

/**
 * Takes one message. 1 taken, `*length` set; 0 none there; -1 with EMSGSIZE when it is larger than `capacity`, which
 * leaves it in place with `*length` its size, or with EPROTO when the peer's bytes make no sense.
 */
int bh_shared_receive(bh_shared *shared, void *into, size_t capacity, size_t *length, bh_failure *failure);

/** Drops the next message, for a receiver without the room for it. As bh_shared_receive. */
int bh_shared_skip(bh_shared *shared, bh_failure *failure);

/** Whether something is there to be received, sound or not. One load. */
bool bh_shared_readable(const bh_shared *shared);

/**
 * Spins up to `spin_ns`, then sleeps up to `timeout_ns` in all. True when readable. False after the time, when the
 * peer has closed, when `*stop` becomes true (set it, then bh_shared_interrupt), or after a signal.
 */
bool bh_shared_wait(bh_shared *shared, uint64_t spin_ns, uint64_t timeout_ns, const _Atomic bool *stop);

/** Wakes this side's own sleeper. */
void bh_shared_interrupt(bh_shared *shared);

/** Whether the peer closed its side in order. A peer that was killed never says so. */
bool bh_shared_peer_closed(const bh_shared *shared);

/**
 * Unmaps without a word to the other side and without removing the file: after a fork, for the end that the other
 * process keeps.
 */
void bh_shared_forget(bh_shared *shared);

/** Says goodbye to the peer, unmaps, and removes the creator's file if it is still that one. A second call does nothing. */
void bh_shared_close(bh_shared *shared);

#endif
