#include "icmp.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/filter.h>
#include <linux/icmp.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#define IP_HEADER_BYTES 20u
/** Version 4 and a header of five words: the kernel's answer has no options where the request had none. */
#define IP_FIRST_BYTE 0x45u

static int failed(bh_endpoint *endpoint, bh_failure *failure, const char *syscall, const char *what) {
  bh_fail(failure, 0, syscall, "%s: %s.", what, strerror(errno));
  bh_endpoint_close(endpoint);
  return -1;
}

/** Lets in echo replies with the socket's identifier. To a raw socket the machine's other ICMP comes, too. */
static int let_in_answers(int fd, uint16_t identifier) {
  struct sock_filter code[] = {
      BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, IP_FIRST_BYTE, 0, 5),
      BPF_STMT(BPF_LD | BPF_B | BPF_ABS, IP_HEADER_BYTES),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ICMP_ECHOREPLY, 0, 3),
      BPF_STMT(BPF_LD | BPF_H | BPF_ABS, IP_HEADER_BYTES + 4),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, identifier, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, 0xffffffffu),
      BPF_STMT(BPF_RET | BPF_K, 0),
  };
  const struct sock_fprog program = {.len = sizeof code / sizeof *code, .filter = code};
  return setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program);
}

int bh_icmp_open(bh_endpoint *endpoint, bh_failure *failure) {
  const struct sockaddr_in loopback = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  char none;
  memset(endpoint, 0, sizeof *endpoint);
  endpoint->write_fd = -1;
  endpoint->socket = true;
  endpoint->max_bytes = BH_ICMP_MAX_BYTES;
  endpoint->read_fd = socket(AF_INET, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_ICMP);
  if (endpoint->read_fd < 0) return failed(endpoint, failure, "socket", "A raw socket could not be made");
  endpoint->write_fd = endpoint->read_fd;
  while (endpoint->echo_identifier == 0)
    if (getrandom(&endpoint->echo_identifier, sizeof endpoint->echo_identifier, 0) < 0)
      return failed(endpoint, failure, "getrandom", "There is no random number to be had");
  if (let_in_answers(endpoint->read_fd, endpoint->echo_identifier) != 0)
    return failed(endpoint, failure, "setsockopt", "The raw socket could not be limited to its answers");
  if (connect(endpoint->read_fd, (const struct sockaddr *)&loopback, sizeof loopback) != 0)
    return failed(endpoint, failure, "connect", "127.0.0.1 can't be reached");
  /* What came in before the filter was there. */
  while (recv(endpoint->read_fd, &none, 1, 0) >= 0) continue;
  return 0;
}

/** The Internet checksum, in the byte order that it is summed in. `length` of the first part has to be even. */
static uint16_t checksum(const void *header, size_t header_length, const void *bytes, size_t length) {
  const struct {
    const unsigned char *at;
    size_t length;
  } parts[] = {{header, header_length}, {bytes, length}};
  uint64_t sum = 0;
  for (size_t i = 0; i < 2; i++) {
    const unsigned char *at = parts[i].at;
    size_t left = parts[i].length;
    for (; left >= 4; at += 4, left -= 4) {
      uint32_t word;
      memcpy(&word, at, 4);
      sum += word;
    }
    uint32_t rest = 0;
    if (left > 0) memcpy(&rest, at, left);
    sum += rest;
  }
  while (sum >> 16 != 0) sum = (sum & 0xffffu) + (sum >> 16);
  return (uint16_t)~sum;
}

ssize_t bh_icmp_send(const bh_endpoint *endpoint, const void *bytes, size_t length) {
  struct icmphdr header = {.type = ICMP_ECHO, .un.echo.id = htons(endpoint->echo_identifier)};
  header.checksum = checksum(&header, sizeof header, bytes, length);
  struct iovec parts[] = {{&header, sizeof header}, {(void *)bytes, length}};
  const struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
  ssize_t sent = sendmsg(endpoint->write_fd, &message, MSG_NOSIGNAL);
  return sent < 0 ? sent : (ssize_t)length;
}

ssize_t bh_icmp_receive(const bh_endpoint *endpoint, void *into, size_t capacity) {
  unsigned char headers[IP_HEADER_BYTES + sizeof(struct icmphdr)];
  struct iovec parts[] = {{headers, sizeof headers}, {into, capacity}};
  struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
  ssize_t got = recvmsg(endpoint->read_fd, &message, MSG_TRUNC);
  /* The filter has seen both headers. */
  return got < 0 ? got : got - (ssize_t)sizeof headers;
}
