#ifndef BH_QUEUE_H
#define BH_QUEUE_H

#include <stdbool.h>
#include <stddef.h>

/** What waits for a full kernel buffer: copies, in order, bounded in number and bytes. All zeros is an empty queue. */
typedef struct bh_queued {
  struct bh_queued *next;
  size_t length;
  size_t done; /* bytes that the kernel has taken: streams only */
  unsigned char bytes[];
} bh_queued;

typedef struct {
  bh_queued *first;
  bh_queued *last;
  size_t count;
  size_t bytes;
  size_t max_count; /* 0: nothing is ever queued */
  size_t max_bytes;
} bh_queue;

/** Whether another message of `length` would be within both bounds. An empty queue always has room for one. */
bool bh_queue_has_room(const bh_queue *queue, size_t length);
/** Copies what follows `done` of a message. False without room or memory. */
bool bh_queue_push(bh_queue *queue, const void *bytes, size_t length, size_t done);
void bh_queue_pop(bh_queue *queue);
void bh_queue_clear(bh_queue *queue);

#endif
