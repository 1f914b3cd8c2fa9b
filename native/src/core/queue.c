#include "queue.h"

#include <stdlib.h>
#include <string.h>

bool bh_queue_has_room(const bh_queue *queue, size_t length) {
  if (queue->count >= queue->max_count) return false;
  return queue->count == 0 || queue->bytes + length <= queue->max_bytes;
}

bool bh_queue_push(bh_queue *queue, const void *bytes, size_t length, size_t done) {
  size_t left = length - done;
  bh_queued *entry = malloc(sizeof *entry + left);
  if (entry == NULL) return false;
  entry->next = NULL;
  entry->length = left;
  entry->done = 0;
  if (left > 0) memcpy(entry->bytes, (const unsigned char *)bytes + done, left);
  if (queue->last == NULL) queue->first = entry;
  else queue->last->next = entry;
  queue->last = entry;
  queue->count += 1;
  queue->bytes += left;
  return true;
}

void bh_queue_pop(bh_queue *queue) {
  bh_queued *entry = queue->first;
  if (entry == NULL) return;
  queue->first = entry->next;
  if (queue->first == NULL) queue->last = NULL;
  queue->count -= 1;
  queue->bytes -= entry->length;
  free(entry);
}

void bh_queue_clear(bh_queue *queue) {
  while (queue->first != NULL) bh_queue_pop(queue);
}
