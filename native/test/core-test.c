/*
 * The core without Node: run plain and under AddressSanitizer and UndefinedBehaviorSanitizer. Prints each case, stops
 * with a message at the first that fails.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../src/core/affinity.h"
#include "../src/core/clock.h"
#include "../src/core/endpoint.h"
#include "../src/core/icmp.h"
#include "../src/core/queue.h"
#include "../src/core/shared.h"

#define CHECK(condition)                                                       \
  do {                                                                         \
    if (!(condition)) {                                                        \
      fprintf(stderr, "%s:%d: %s does not hold\n", __FILE__, __LINE__, #condition); \
      exit(1);                                                                 \
    }                                                                          \
  } while (0)

static char folder[] = "/tmp/bulkhead-core-XXXXXX";
static char path[64];
static bh_failure failure;
static unsigned char bytes[1 << 17], into[1 << 17];

static void open_pair(bh_shared *one, bh_shared *two, uint64_t ring_bytes) {
  CHECK(bh_shared_create(one, path, ring_bytes, &failure) == 0);
  CHECK(bh_shared_open(two, path, &failure) == 0);
}

static void close_pair(bh_shared *one, bh_shared *two) {
  bh_shared_close(two);
  bh_shared_close(one);
  bh_shared_close(one);
  CHECK(access(path, F_OK) != 0);
}

/** Every length at every place of the ring, so that lengths and bytes cross its end everywhere. */
static void ring_wraps(void) {
  bh_shared one, two;
  size_t length;
  open_pair(&one, &two, 4096);
  for (size_t size = 0; size <= 4088; size = size < 80 ? size + 1 : size + 501) {
    for (int round = 0; round < 600; round++) {
      memset(bytes, round, size);
      CHECK(bh_shared_send(&one, bytes, size, &failure) == 0);
      CHECK(bh_shared_receive(&two, into, sizeof into, &length, &failure) == 1);
      CHECK(length == size && memcmp(bytes, into, size) == 0);
    }
  }
  CHECK(bh_shared_send(&one, bytes, 4089, &failure) == -1 && failure.code == EMSGSIZE);
  CHECK(bh_shared_receive(&two, into, sizeof into, &length, &failure) == 0);
  close_pair(&one, &two);
}

/** A peer that writes anything anywhere, any time: every outcome is allowed but a step out of bounds. */
static void ring_survives_a_mad_peer(void) {
  srand(7);
  for (int round = 0; round < 300; round++) {
    bh_shared one, two;
    size_t length;
    open_pair(&one, &two, 4096);
    for (int step = 0; step < 200; step++) {
      uint64_t *words = (uint64_t *)two.header;
      const size_t spots[] = {128 / 8, 256 / 8, 384 / 8, 512 / 8, 640 / 8, 768 / 8, 4096 / 8, 8192 / 8};
      /* Small and large lies, and lies near the truth. */
      uint64_t lie = rand() % 3 == 0 ? (uint64_t)rand() << 33 | (uint64_t)rand() : (uint64_t)(rand() % 9000);
      size_t spot = rand() % 2 == 0 ? spots[rand() % 8] : (size_t)(rand() % (12288 / 8));
      if (rand() % 4 == 0) words[spot] = lie;
      if (bh_shared_send(&one, bytes, (size_t)(rand() % 4100), &failure) >= 0) bh_shared_send(&two, bytes, (size_t)(rand() % 4100), &failure);
      bh_shared_receive(&one, into, (size_t)(rand() % 5000), &length, &failure);
      bh_shared_skip(&one, &failure);
      bh_shared_wait(&one, 0, 1000, NULL);
    }
    close_pair(&one, &two);
  }
}

static pid_t fork_peer(void) {
  fflush(NULL);
  return fork();
}

/** Sleepers on both sides, 20 000 times: a lost wake-up would be a time-out of seconds. */
static void futex_wakes(void) {
  bh_shared one, two;
  size_t length;
  open_pair(&one, &two, 4096);
  pid_t peer = fork_peer();
  if (peer == 0) {
    while (bh_shared_wait(&two, 0, 20 * BH_NS_PER_S, NULL) && bh_shared_receive(&two, into, sizeof into, &length, &failure) == 1)
      bh_shared_send(&two, into, length, &failure);
    _exit(0);
  }
  for (uint32_t i = 0; i < 20000; i++) {
    CHECK(bh_shared_send(&one, &i, sizeof i, &failure) == 0);
    CHECK(bh_shared_wait(&one, i % 2 == 0 ? 0 : 2000, 20 * BH_NS_PER_S, NULL));
    CHECK(bh_shared_receive(&one, into, sizeof into, &length, &failure) == 1 && memcmp(into, &i, sizeof i) == 0);
  }
  kill(peer, SIGKILL);
  waitpid(peer, NULL, 0);
  CHECK(!bh_shared_wait(&one, 1000, 10000000, NULL));
  CHECK(!bh_shared_peer_closed(&one));
  close_pair(&one, &two);
}

/** Killed anywhere in its sending, a peer leaves whole messages only. */
static void killed_in_the_middle(void) {
  for (int round = 0; round < 20; round++) {
    bh_shared one, two;
    size_t length;
    open_pair(&one, &two, 65536);
    pid_t peer = fork_peer();
    if (peer == 0) {
      for (uint32_t i = 0;; i++) {
        memset(bytes, (int)(i & 255u), 1000);
        while (bh_shared_send(&two, bytes, i % 1000, &failure) == 1) usleep(1);
      }
    }
    uint32_t expected = 0;
    bool killed = false;
    uint64_t started = bh_now_ns();
    while (!killed || bh_shared_readable(&one)) {
      if (!killed && expected > 100 && bh_now_ns() - started > (uint64_t)round * 300000) {
        kill(peer, SIGKILL);
        waitpid(peer, NULL, 0);
        killed = true;
      }
      if (!bh_shared_wait(&one, 0, 10000000, NULL)) continue;
      CHECK(bh_shared_receive(&one, into, sizeof into, &length, &failure) == 1);
      CHECK(length == expected % 1000);
      for (size_t i = 0; i < length; i++) CHECK(into[i] == (expected & 255u));
      expected++;
    }
    close_pair(&one, &two);
  }
}

static void damaged_files_are_refused(void) {
  bh_shared one, two;
  CHECK(bh_shared_create(&one, path, 4095, &failure) == -1 && failure.code == EINVAL);
  CHECK(bh_shared_open(&one, path, &failure) == -1 && failure.code == ENOENT);
  CHECK(mkfifo(path, 0600) == 0);
  CHECK(bh_shared_open(&one, path, &failure) == -1 && failure.code == EPERM);
  unlink(path);
  open_pair(&one, &two, 4096);
  CHECK(bh_shared_create(&two, path, 4096, &failure) == -1 && failure.code == EEXIST);
  CHECK(truncate(path, 100000) == 0);
  bh_shared third;
  CHECK(bh_shared_open(&third, path, &failure) == -1 && failure.code == EPROTO);
  bh_shared_close(&two);
  bh_shared_close(&one);
}

static void datagrams(void) {
  bh_endpoint one, two;
  struct sockaddr_un address;
  char long_path[200];
  memset(long_path, 'x', sizeof long_path);
  long_path[199] = '\0';
  CHECK(bh_datagram_open(&one, &failure) == 0 && bh_datagram_open(&two, &failure) == 0);
  CHECK(bh_datagram_bind(&one, long_path, &failure) == -1 && failure.code == ENAMETOOLONG);
  CHECK(bh_datagram_bind(&one, path, &failure) == 0);
  CHECK(bh_datagram_bind(&two, path, &failure) == -1 && failure.code == EADDRINUSE);
  CHECK(bh_unix_address(&address, path, &failure) == 0);
  CHECK(bh_endpoint_receive(&one, into, sizeof into, &failure) == BH_WOULD_BLOCK);
  int queued = 0;
  while (bh_endpoint_send(&two, bytes, 100, &address, &failure) == 100) queued++;
  CHECK(queued > 0 && bh_poll_readable(one.read_fd, 0));
  while (queued-- > 0) CHECK(bh_endpoint_receive(&one, into, 10, &failure) == 100);
  CHECK(bh_datagram_connect(&two, path, &failure) == 0);
  CHECK(bh_endpoint_send(&two, bytes, two.max_bytes + 1, NULL, &failure) == BH_FAILED && failure.code == EMSGSIZE);
  CHECK(bh_endpoint_send(&two, bytes, 0, NULL, &failure) == 0);
  CHECK(bh_endpoint_receive(&one, into, sizeof into, &failure) == 0);
  bh_endpoint_close(&one);
  bh_endpoint_close(&one);
  CHECK(access(path, F_OK) != 0);
  CHECK(bh_endpoint_send(&two, bytes, 1, NULL, &failure) == BH_FAILED && failure.code == ECONNREFUSED);
  bh_endpoint_close(&two);
}

static void wrapped_streams(void) {
  int fds[2];
  bh_endpoint one, two;
  CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, fds) == 0);
  CHECK(bh_endpoint_wrap(&one, fds[0], fds[0], false, &failure) == -1 && failure.code == EINVAL);
  CHECK(bh_endpoint_wrap(&one, fds[0], fds[0], true, &failure) == 0);
  CHECK(bh_endpoint_wrap(&two, fds[1], fds[1], true, &failure) == 0);
  close(fds[0]);
  close(fds[1]);
  CHECK(bh_endpoint_send(&one, bytes, 10, NULL, &failure) == 10);
  CHECK(bh_endpoint_receive(&two, into, sizeof into, &failure) == 10);
  bh_endpoint_close(&one);
  CHECK(bh_endpoint_receive(&two, into, sizeof into, &failure) == 0);
  CHECK(bh_endpoint_send(&two, bytes, 10, NULL, &failure) == BH_FAILED && failure.code == EPIPE);
  bh_endpoint_close(&two);
}

static void icmp_echoes(void) {
  bh_endpoint one, two;
  if (bh_icmp_open(&one, &failure) != 0) {
    CHECK(failure.code == EPERM || failure.code == EACCES);
    CHECK(one.read_fd == -1);
    return;
  }
  CHECK(bh_icmp_open(&two, &failure) == 0);
  static unsigned char large[BH_ICMP_MAX_BYTES + 1], back[BH_ICMP_MAX_BYTES + 1];
  for (size_t i = 0; i < sizeof large; i++) large[i] = (unsigned char)(i * 7);
  const size_t sizes[] = {0, 1, 2, 3, 5, 64, 1999, BH_ICMP_MAX_BYTES};
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
    CHECK(bh_endpoint_send(&one, large, sizes[i], NULL, &failure) == (ssize_t)sizes[i]);
    CHECK(bh_poll_readable(one.read_fd, 5000000000u));
    CHECK(bh_endpoint_receive(&one, back, sizeof back, &failure) == (ssize_t)sizes[i]);
    CHECK(memcmp(large, back, sizes[i]) == 0);
  }
  CHECK(bh_endpoint_send(&one, large, sizeof large, NULL, &failure) == BH_FAILED && failure.code == EMSGSIZE);
  CHECK(bh_endpoint_receive(&two, back, sizeof back, &failure) == BH_WOULD_BLOCK);
  bh_endpoint_close(&one);
  bh_endpoint_close(&one);
  bh_endpoint_close(&two);
}

static void queue_is_bounded(void) {
  bh_queue queue = {.max_count = 3, .max_bytes = 100};
  CHECK(bh_queue_has_room(&queue, 1000) && bh_queue_push(&queue, bytes, 1000, 10) && queue.bytes == 990);
  CHECK(!bh_queue_has_room(&queue, 1));
  bh_queue_pop(&queue);
  for (int i = 0; i < 3; i++) CHECK(bh_queue_has_room(&queue, 0) && bh_queue_push(&queue, bytes, 0, 0));
  CHECK(!bh_queue_has_room(&queue, 0));
  bh_queue_clear(&queue);
  bh_queue_pop(&queue);
  CHECK(queue.count == 0 && queue.bytes == 0 && queue.last == NULL);
}

static void affinity_goes_there_and_back(void) {
  int before[BH_MAX_CPUS], now[BH_MAX_CPUS];
  int count = bh_get_affinity(before, &failure);
  CHECK(count > 0 && bh_set_affinity(before, 1, &failure) == 0);
  CHECK(bh_get_affinity(now, &failure) == 1 && now[0] == before[0]);
  CHECK(bh_set_affinity(before, count, &failure) == 0);
  int none = 1023;
  CHECK(bh_set_affinity(&none, 1, &failure) == -1 && failure.code == EINVAL);
  CHECK(bh_set_affinity(&none, 0, &failure) == -1);
}

int main(void) {
  CHECK(mkdtemp(folder) != NULL);
  snprintf(path, sizeof path, "%s/x", folder);
  const struct {
    const char *name;
    void (*run)(void);
  } cases[] = {
      {"ring wraps", ring_wraps},
      {"ring survives a mad peer", ring_survives_a_mad_peer},
      {"futex wakes", futex_wakes},
      {"killed in the middle", killed_in_the_middle},
      {"damaged files are refused", damaged_files_are_refused},
      {"datagrams", datagrams},
      {"wrapped streams", wrapped_streams},
      {"icmp echoes", icmp_echoes},
      {"queue is bounded", queue_is_bounded},
      {"affinity goes there and back", affinity_goes_there_and_back},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    printf("%s\n", cases[i].name);
    fflush(stdout);
    cases[i].run();
  }
  rmdir(folder);
  return 0;
}
