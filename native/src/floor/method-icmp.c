#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <linux/icmp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "floor.h"

/*
 * Echo requests to 127.0.0.1, which the kernel itself answers: no peer process, so this is the cost of one system call
 * and of the network stack both ways. SOCK_RAW where permitted (CAP_NET_RAW), else the datagram socket for ping that
 * net.ipv4.ping_group_range may allow.
 */
#define HEADER_BYTES 8u
#define IP_HEADER_MOST 60u

static uint32_t sum_of(const unsigned char *bytes, size_t length) {
  uint32_t sum = 0;
  for (size_t i = 0; i + 1 < length; i += 2) sum += (uint32_t)(bytes[i] << 8 | bytes[i + 1]);
  if (length % 2 != 0) sum += (uint32_t)bytes[length - 1] << 8;
  return sum;
}

int floor_open_icmp(floor_end *first, floor_end *second, const char *folder, size_t size, bh_failure *failure) {
  (void)folder;
  (void)second;
  (void)size;
  int fd = socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_ICMP);
  first->owns_header = fd >= 0;
  if (fd < 0 && (errno == EPERM || errno == EACCES)) fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, IPPROTO_ICMP);
  if (fd < 0)
    return bh_fail(failure, 0, "socket",
                   "ICMP needs the right to raw sockets (CAP_NET_RAW) or net.ipv4.ping_group_range: %s.", strerror(errno));
  first->read_fd = first->write_fd = fd;
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  /* A raw socket sees all ICMP of the machine, its own requests on loopback included: answers only. */
  struct icmp_filter filter = {.data = ~(1u << ICMP_ECHOREPLY)};
  if (first->owns_header && setsockopt(fd, SOL_RAW, ICMP_FILTER, &filter, sizeof filter) != 0)
    return bh_fail(failure, 0, "setsockopt", "The raw socket could not be limited to answers: %s.", strerror(errno));
  if (connect(fd, (const struct sockaddr *)&address, sizeof address) != 0)
    return bh_fail(failure, 0, "connect", "127.0.0.1 can't be reached: %s.", strerror(errno));
  return 0;
}

/** `end->bytes` has IP_HEADER_MOST + HEADER_BYTES more than the payload; the request begins after the IP header's room. */
static int icmp_send(floor_end *end, bh_failure *failure) {
  unsigned char *request = end->bytes + IP_HEADER_MOST;
  /* The payload never changes, and a checksum over all of it for each ping would be measured along. */
  if (end->sequence == 0) end->payload_sum = sum_of(request + HEADER_BYTES, end->size);
  end->sequence += 1;
  uint16_t identity = (uint16_t)getpid(), number = (uint16_t)end->sequence;
  const unsigned char header[HEADER_BYTES] = {ICMP_ECHO, 0, 0, 0, (unsigned char)(identity >> 8), (unsigned char)identity,
                                              (unsigned char)(number >> 8), (unsigned char)number};
  memcpy(request, header, HEADER_BYTES);
  uint32_t sum = sum_of(request, HEADER_BYTES) + (end->payload_sum & 0xffffu) + (end->payload_sum >> 16);
  while (sum >> 16 != 0) sum = (sum & 0xffffu) + (sum >> 16);
  request[2] = (unsigned char)(~sum >> 8);
  request[3] = (unsigned char)~sum;
  while (send(end->write_fd, request, HEADER_BYTES + end->size, 0) < 0) {
    if (errno != EINTR) return bh_fail(failure, 0, "send", "The echo request failed: %s.", strerror(errno));
    if (floor_stop != 0) return floor_stopped(failure);
  }
  return 0;
}

static int icmp_receive(floor_end *end, bh_failure *failure) {
  for (;;) {
    ssize_t got = recv(end->read_fd, end->bytes, IP_HEADER_MOST + HEADER_BYTES + end->size, 0);
    if (got < 0) {
      if (errno == EAGAIN || errno == EWOULDBLOCK) return 1;
      if (errno != EINTR) return bh_fail(failure, 0, "recv", "The echo reply failed: %s.", strerror(errno));
      if (floor_stop != 0) return floor_stopped(failure);
      continue;
    }
    size_t skip = end->owns_header ? (size_t)(end->bytes[0] & 15u) * 4u : 0;
    if ((size_t)got != skip + HEADER_BYTES + end->size) continue;
    const unsigned char *reply = end->bytes + skip;
    /* The ping socket puts an identity of its own; the kernel then delivers only its answers. */
    const bool ours = !end->owns_header || (reply[4] << 8 | reply[5]) == (uint16_t)getpid();
    if (reply[0] == ICMP_ECHOREPLY && ours && (reply[6] << 8 | reply[7]) == (uint16_t)end->sequence) {
      /* The reply lies at the buffer's front and reaches into the request's payload, which is sent again. */
      memmove(end->bytes + IP_HEADER_MOST + HEADER_BYTES, reply + HEADER_BYTES, end->size);
      return 0;
    }
  }
}

const floor_moves floor_icmp_moves = {icmp_send, icmp_receive};
