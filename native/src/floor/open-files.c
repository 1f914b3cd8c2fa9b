#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "floor.h"

/** Two FIFOs of mode 0640, one each way. */
int floor_open_fifo(floor_end *first, floor_end *second, const char *folder, size_t size, bh_failure *failure) {
  (void)size;
  floor_end *ends[] = {first, second};
  for (int i = 0; i < 2; i++) {
    char path[256];
    snprintf(path, sizeof path, "%s/%d", folder, i);
    if (mkfifo(path, 0640) != 0) return bh_fail(failure, 0, "mkfifo", "The FIFO could not be made: %s.", strerror(errno));
    /* Read-write opens at once; opened one way, it would wait for the other end. */
    ends[i]->read_fd = open(path, O_RDWR | O_CLOEXEC);
    ends[1 - i]->write_fd = open(path, O_RDWR | O_CLOEXEC);
    if (ends[i]->read_fd < 0 || ends[1 - i]->write_fd < 0)
      return bh_fail(failure, 0, "open", "The FIFO could not be opened: %s.", strerror(errno));
  }
  return 0;
}

int floor_open_shared(floor_end *first, floor_end *second, const char *folder, size_t size, bh_failure *failure) {
  char path[256];
  uint64_t ring_bytes = 65536;
  while (ring_bytes < size + 16) ring_bytes *= 2;
  snprintf(path, sizeof path, "%s/m", folder);
  if (bh_shared_create(&first->shared, path, ring_bytes, failure) != 0) return -1;
  return bh_shared_open(&second->shared, path, failure);
}

int floor_open_file(floor_end *first, floor_end *second, const char *folder, size_t size, bh_failure *failure) {
  floor_end *ends[] = {first, second};
  char path[256];
  snprintf(path, sizeof path, "%s/f", folder);
  for (int i = 0; i < 2; i++) {
    int fd = open(path, O_RDWR | O_CLOEXEC | (i == 0 ? O_CREAT | O_EXCL : 0), 0600);
    if (fd < 0) return bh_fail(failure, 0, "open", "The shared file could not be made: %s.", strerror(errno));
    ends[i]->read_fd = ends[i]->write_fd = fd;
  }
  if (ftruncate(first->write_fd, 4096 + 2 * (off_t)size) != 0)
    return bh_fail(failure, 0, "ftruncate", "The shared file could not be made large enough: %s.", strerror(errno));
  return 0;
}
