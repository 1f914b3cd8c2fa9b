#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "futex.h"
#include "shared.h"

static size_t file_bytes(uint32_t ring_bytes) { return BH_SHARED_HEADER_BYTES + 2 * (size_t)ring_bytes; }

static bool sound_ring_bytes(uint64_t bytes) {
  return bytes >= BH_RING_MIN_BYTES && bytes <= BH_RING_MAX_BYTES && (bytes & (bytes - 1)) == 0;
}

/** Takes over nothing but the mapping: the descriptor may be closed afterwards. */
static int map(bh_shared *shared, int fd, size_t bytes, bh_failure *failure) {
  void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, fd, 0);
  if (memory == MAP_FAILED)
    return bh_fail(failure, 0, "mmap", "The shared memory could not be mapped: %s.", strerror(errno));
  shared->header = memory;
  shared->map_bytes = bytes;
  return 0;
}

int bh_shared_create(bh_shared *shared, const char *path, uint64_t ring_bytes, bh_failure *failure) {
  memset(shared, 0, sizeof *shared);
  if (!sound_ring_bytes(ring_bytes))
    return bh_fail(failure, EINVAL, "", "A ring has a power of two from %u to %u bytes, not %llu.", BH_RING_MIN_BYTES,
                   BH_RING_MAX_BYTES, (unsigned long long)ring_bytes);
  int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0) return bh_fail(failure, 0, "open", "The shared memory %s could not be made: %s.", path, strerror(errno));
  struct stat status;
  size_t bytes = file_bytes((uint32_t)ring_bytes);
  /* Reserved rather than only sized: on a full file system a touch of the mapping would be a SIGBUS later. */
  int code = posix_fallocate(fd, 0, (off_t)bytes);
  if (code != 0) {
    bh_fail(failure, code, "fallocate", "The %zu bytes of shared memory for %s are not to be had: %s.", bytes, path,
            strerror(code));
  } else if (fchmod(fd, 0600) != 0 || fstat(fd, &status) != 0) {
    bh_fail(failure, 0, "fstat", "The shared memory %s could not be set up: %s.", path, strerror(errno));
  } else if ((shared->path = strdup(path)) == NULL) {
    bh_fail(failure, ENOMEM, "", "There is no memory left.");
  } else if (map(shared, fd, bytes, failure) == 0) {
    close(fd);
    shared->ring_bytes = (uint32_t)ring_bytes;
    shared->device = status.st_dev;
    shared->inode = status.st_ino;
    shared->header->version = BH_SHARED_VERSION;
    shared->header->ring_bytes = shared->ring_bytes;
    atomic_store_explicit(&shared->header->magic, BH_SHARED_MAGIC, memory_order_release);
    return 0;
  }
  free(shared->path);
  shared->path = NULL;
  close(fd);
  unlink(path);
  return -1;
}

static int check_file(int fd, const char *path, size_t *bytes, bh_failure *failure) {
  struct stat status;
  if (fstat(fd, &status) != 0)
    return bh_fail(failure, 0, "fstat", "The shared memory %s could not be examined: %s.", path, strerror(errno));
  if (!S_ISREG(status.st_mode) || status.st_uid != geteuid())
    return bh_fail(failure, EPERM, "", "%s is not a file of this user's; it was not opened.", path);
  if (status.st_size < (off_t)file_bytes(BH_RING_MIN_BYTES) || status.st_size > (off_t)file_bytes(BH_RING_MAX_BYTES))
    return bh_fail(failure, EPROTO, "", "%s has the size of no shared-memory channel.", path);
  *bytes = (size_t)status.st_size;
  return 0;
}

static int check_header(bh_shared *shared, const char *path, bh_failure *failure) {
  bh_shared_header *header = shared->header;
  if (atomic_load_explicit(&header->magic, memory_order_acquire) != BH_SHARED_MAGIC)
    return bh_fail(failure, EPROTO, "", "%s is not a shared-memory channel, or not a finished one.", path);
  uint32_t version = *(volatile uint32_t *)&header->version;
  if (version != BH_SHARED_VERSION)
    return bh_fail(failure, EPROTO, "", "%s is a channel of version %u, and this is version %u.", path, version,
                   BH_SHARED_VERSION);
  uint32_t ring_bytes = *(volatile uint32_t *)&header->ring_bytes;
  if (!sound_ring_bytes(ring_bytes) || file_bytes(ring_bytes) != shared->map_bytes)
    return bh_fail(failure, EPROTO, "", "The header of %s speaks of rings that don't fit the file.", path);
  if (atomic_exchange(&header->opened, 1u) != 0)
    return bh_fail(failure, EBUSY, "", "%s has been opened already: a channel has two ends.", path);
  shared->ring_bytes = ring_bytes;
  return 0;
}

int bh_shared_open(bh_shared *shared, const char *path, bh_failure *failure) {
  memset(shared, 0, sizeof *shared);
  shared->side = 1;
  /* O_NONBLOCK: if somebody put a FIFO there, open returns and the check refuses it. */
  int fd = open(path, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0)
    return bh_fail(failure, 0, "open", "The shared memory %s could not be opened: %s.", path, strerror(errno));
  size_t bytes = 0;
  int outcome = check_file(fd, path, &bytes, failure);
  if (outcome == 0) outcome = map(shared, fd, bytes, failure);
  close(fd);
  if (outcome == 0 && (outcome = check_header(shared, path, failure)) != 0) {
    munmap(shared->header, shared->map_bytes);
    shared->header = NULL;
  }
  return outcome;
}

void bh_shared_forget(bh_shared *shared) {
  if (shared->header == NULL) return;
  munmap(shared->header, shared->map_bytes);
  shared->header = NULL;
  free(shared->path);
  shared->path = NULL;
}

void bh_shared_close(bh_shared *shared) {
  if (shared->header == NULL) return;
  bh_ring_shared *out = &shared->header->ring[shared->side];
  atomic_store(&shared->header->closed[shared->side], 1u);
  atomic_fetch_add(&out->wake, 1u);
  bh_futex_wake(&out->wake, 1);
  struct stat status;
  /* Somebody else's file may have taken the name meanwhile. */
  if (shared->path != NULL && lstat(shared->path, &status) == 0 && status.st_dev == shared->device &&
      status.st_ino == shared->inode)
    unlink(shared->path);
  bh_shared_forget(shared);
}
