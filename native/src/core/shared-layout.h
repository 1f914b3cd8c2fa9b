#ifndef BH_SHARED_LAYOUT_H
#define BH_SHARED_LAYOUT_H

#include <stdatomic.h>
#include <stdint.h>

/*
 * What lies in the shared memory: one page of header, then the bytes of ring 0 (creator to opener) and of ring 1
 * (opener to creator). Everything here may be overwritten by the other process at any moment: read a value once into
 * a local, check the local, use the local.
 */
#define BH_SHARED_MAGIC 0x0031474e49524842ull /* "BHRING1" in memory */
#define BH_SHARED_VERSION 1u
#define BH_SHARED_HEADER_BYTES 4096u
#define BH_RING_MIN_BYTES 4096u
#define BH_RING_MAX_BYTES (64u * 1024u * 1024u)

/*
 * Every word that one side writes and the other polls has 128 bytes for itself: CPUs fetch cache lines of 64 bytes in
 * pairs, and a neighbour's write would take the line away from the poller.
 */
typedef struct {
  /** Bytes ever written. Written by the producer, with release: the message is there before the count says so. */
  _Alignas(128) _Atomic uint64_t tail;
  /** Bytes ever read. Written by the consumer, with release: the bytes were copied out before they may be reused. */
  _Alignas(128) _Atomic uint64_t head;
  /** 1 while the consumer sleeps or is about to. No wake-up, so no system call, while it is 0. */
  _Alignas(128) _Atomic uint32_t sleeping;
  /** The futex word: counts wake-ups. */
  _Atomic uint32_t wake;
} bh_ring_shared;

typedef struct {
  /** Written last, with release, by the creator: an opener that sees it sees the rest. */
  _Atomic uint64_t magic;
  uint32_t version;
  uint32_t ring_bytes;
  _Atomic uint32_t opened;    /* 1 once an opener has come: there is room for one */
  _Atomic uint32_t closed[2]; /* by side; set by an orderly close, not by a death */
  bh_ring_shared ring[2];
} bh_shared_header;

_Static_assert(sizeof(bh_shared_header) <= BH_SHARED_HEADER_BYTES, "the header fits its page");
_Static_assert(sizeof(_Atomic uint64_t) == 8 && ATOMIC_LLONG_LOCK_FREE == 2, "lock-free between processes");

#endif
