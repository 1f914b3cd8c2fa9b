#include "endpoint.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clock.h"
#include "icmp.h"

/* unix_dgram_sendmsg keeps 32 bytes of the send buffer for itself. */
#define KERNEL_RESERVE 32

static void reset(bh_endpoint *endpoint) {
  memset(endpoint, 0, sizeof *endpoint);
  endpoint->read_fd = -1;
  endpoint->write_fd = -1;
}

int bh_unix_address(struct sockaddr_un *address, const char *path, bh_failure *failure) {
  size_t length = strlen(path);
  if (length > BH_MAX_SOCKET_PATH)
    return bh_fail(failure, ENAMETOOLONG, "", "The socket path is %zu bytes long and a Unix socket takes %zu: %.120s….",
                   length, BH_MAX_SOCKET_PATH, path);
  if (length == 0) return bh_fail(failure, EINVAL, "", "A socket path has at least one byte.");
  memset(address, 0, sizeof *address);
  address->sun_family = AF_UNIX;
  memcpy(address->sun_path, path, length);
  return 0;
}

static size_t send_limit(int fd) {
  int bytes = 0;
  socklen_t size = sizeof bytes;
  if (getsockopt(fd, SOL_SOCKET, SO_SNDBUF, &bytes, &size) != 0 || bytes <= KERNEL_RESERVE) return SIZE_MAX;
  return (size_t)bytes - KERNEL_RESERVE;
}

int bh_datagram_open(bh_endpoint *endpoint, bh_failure *failure) {
  reset(endpoint);
  int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return bh_fail(failure, 0, "socket", "A datagram socket could not be made: %s.", strerror(errno));
  endpoint->read_fd = endpoint->write_fd = fd;
  endpoint->socket = true;
  endpoint->max_bytes = send_limit(fd);
  return 0;
}

int bh_datagram_bind(bh_endpoint *endpoint, const char *path, bh_failure *failure) {
  struct sockaddr_un address;
  if (bh_unix_address(&address, path, failure) != 0) return -1;
  /* Before bind this is the mode that the kernel gives the file: a chmod afterwards would leave a gap. */
  if (fchmod(endpoint->read_fd, 0600) != 0)
    return bh_fail(failure, 0, "fchmod", "The mode of the socket could not be set: %s.", strerror(errno));
  if (bind(endpoint->read_fd, (const struct sockaddr *)&address, sizeof address) != 0)
    return bh_fail(failure, 0, "bind", "Could not receive at %s: %s.", path, strerror(errno));
  struct stat status;
  if (lstat(path, &status) == 0) {
    endpoint->device = status.st_dev;
    endpoint->inode = status.st_ino;
    memcpy(endpoint->bound_path, path, strlen(path) + 1);
  }
  return 0;
}

int bh_datagram_connect(bh_endpoint *endpoint, const char *path, bh_failure *failure) {
  struct sockaddr_un address;
  if (bh_unix_address(&address, path, failure) != 0) return -1;
  if (connect(endpoint->write_fd, (const struct sockaddr *)&address, sizeof address) != 0)
    return bh_fail(failure, 0, "connect", "Could not connect to the datagram socket %s: %s.", path, strerror(errno));
  return 0;
}

int bh_udp_open(int family, bh_failure *failure) {
  const struct sockaddr_in four = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  const struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
  int fd = socket(family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return bh_fail(failure, 0, "socket", "A UDP socket could not be made: %s.", strerror(errno));
  int outcome = family == AF_INET ? bind(fd, (const struct sockaddr *)&four, sizeof four)
                                  : bind(fd, (const struct sockaddr *)&six, sizeof six);
  if (outcome == 0) return fd;
  bh_fail(failure, 0, "bind", "The UDP socket could not be bound to the loopback interface: %s.", strerror(errno));
  close(fd);
  return -1;
}

static int socket_type(int fd) {
  int type = 0;
  socklen_t size = sizeof type;
  return getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) == 0 ? type : -1;
}

/** A duplicate, non-blocking, of a descriptor of the right kind. -1 otherwise. */
static int duplicate(int fd, bool stream, bh_failure *failure) {
  struct stat status;
  if (fstat(fd, &status) != 0)
    return bh_fail(failure, 0, "fstat", "Descriptor %d can't be used: %s.", fd, strerror(errno));
  int type = S_ISSOCK(status.st_mode) ? socket_type(fd) : -1;
  bool right = stream ? S_ISFIFO(status.st_mode) || type == SOCK_STREAM : type == SOCK_DGRAM;
  if (!right)
    return bh_fail(failure, EINVAL, "", "Descriptor %d is not %s.", fd,
                   stream ? "a pipe, a FIFO or a stream socket" : "a datagram socket");
  int copy = fcntl(fd, F_DUPFD_CLOEXEC, 3);
  if (copy < 0)
    return bh_fail(failure, 0, "fcntl", "Descriptor %d could not be duplicated: %s.", fd, strerror(errno));
  int flags = fcntl(copy, F_GETFL);
  if (flags < 0 || fcntl(copy, F_SETFL, flags | O_NONBLOCK) != 0) {
    bh_fail(failure, 0, "fcntl", "Descriptor %d could not be made non-blocking: %s.", fd, strerror(errno));
    close(copy);
    return -1;
  }
  return copy;
}

int bh_endpoint_wrap(bh_endpoint *endpoint, int read_fd, int write_fd, bool stream, bh_failure *failure) {
  reset(endpoint);
  endpoint->stream = stream;
  if ((endpoint->read_fd = duplicate(read_fd, stream, failure)) < 0) return -1;
  endpoint->write_fd = read_fd == write_fd ? endpoint->read_fd : duplicate(write_fd, stream, failure);
  if (endpoint->write_fd < 0) {
    bh_endpoint_close(endpoint);
    return -1;
  }
  endpoint->socket = socket_type(endpoint->write_fd) >= 0;
  endpoint->max_bytes = stream ? SIZE_MAX : send_limit(endpoint->write_fd);
  return 0;
}

ssize_t bh_endpoint_send(const bh_endpoint *endpoint, const void *bytes, size_t length, const struct sockaddr_un *to,
                         bh_failure *failure) {
  if (length > endpoint->max_bytes)
    return bh_fail(failure, EMSGSIZE, "", "A datagram of %zu bytes is larger than the %zu that the send buffer takes.",
                   length, endpoint->max_bytes);
  for (;;) {
    ssize_t sent;
    if (to != NULL) sent = sendto(endpoint->write_fd, bytes, length, MSG_NOSIGNAL, (const struct sockaddr *)to, sizeof *to);
    else if (endpoint->echo_identifier != 0) sent = bh_icmp_send(endpoint, bytes, length);
    else if (endpoint->socket) sent = send(endpoint->write_fd, bytes, length, MSG_NOSIGNAL);
    else sent = write(endpoint->write_fd, bytes, length);
    if (sent >= 0) return sent;
    if (errno == EINTR) continue;
    if (errno == EAGAIN || errno == EWOULDBLOCK || errno == ENOBUFS) return BH_WOULD_BLOCK;
    return bh_fail(failure, 0, endpoint->socket ? "send" : "write", "Sending %zu bytes failed: %s.", length, strerror(errno));
  }
}

ssize_t bh_endpoint_receive(const bh_endpoint *endpoint, void *into, size_t capacity, bh_failure *failure) {
  for (;;) {
    ssize_t got;
    if (endpoint->stream) got = read(endpoint->read_fd, into, capacity);
    else if (endpoint->echo_identifier != 0) got = bh_icmp_receive(endpoint, into, capacity);
    else got = recv(endpoint->read_fd, into, capacity, MSG_TRUNC);
    if (got >= 0) return got;
    if (errno == EINTR) continue;
    if (errno == EAGAIN || errno == EWOULDBLOCK) return BH_WOULD_BLOCK;
    return bh_fail(failure, 0, endpoint->stream ? "read" : "recv", "Receiving failed: %s.", strerror(errno));
  }
}

bool bh_poll_readable(int fd, uint64_t timeout_ns) {
  struct pollfd watched = {.fd = fd, .events = POLLIN};
  struct timespec limit = bh_timespec(timeout_ns);
  return ppoll(&watched, 1, &limit, NULL) > 0 && watched.revents != 0;
}

void bh_endpoint_close(bh_endpoint *endpoint) {
  if (endpoint->write_fd >= 0 && endpoint->write_fd != endpoint->read_fd) close(endpoint->write_fd);
  if (endpoint->read_fd >= 0) close(endpoint->read_fd);
  endpoint->read_fd = endpoint->write_fd = -1;
  if (endpoint->bound_path[0] == '\0') return;
  struct stat status;
  /* Somebody else's socket may have taken the name meanwhile. */
  if (lstat(endpoint->bound_path, &status) == 0 && status.st_dev == endpoint->device &&
      status.st_ino == endpoint->inode)
    unlink(endpoint->bound_path);
  endpoint->bound_path[0] = '\0';
}
