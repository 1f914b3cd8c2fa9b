#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../core/endpoint.h"
#include "floor.h"

/* Each end holds its descriptors from the moment they exist: whoever opened closes both ends when one step fails. */

static int make(floor_end *end, int family, int type, bh_failure *failure) {
  int fd = socket(family, type | SOCK_CLOEXEC, 0);
  if (fd < 0) return bh_fail(failure, 0, "socket", "The socket could not be made: %s.", strerror(errno));
  end->read_fd = end->write_fd = fd;
  return 0;
}

static int failed(bh_failure *failure, const char *syscall, const char *what) {
  return bh_fail(failure, 0, syscall, "%s failed: %s.", what, strerror(errno));
}

/** `first` listens at `address` and gets the accepted socket, `second` connects. */
static int connect_streams(floor_end *first, floor_end *second, struct sockaddr *address, socklen_t length, bh_failure *failure) {
  if (make(first, address->sa_family, SOCK_STREAM, failure) != 0 || make(second, address->sa_family, SOCK_STREAM, failure) != 0)
    return -1;
  if (bind(first->read_fd, address, length) != 0 || listen(first->read_fd, 1) != 0) return failed(failure, "bind", "Listening");
  if (getsockname(first->read_fd, address, &length) != 0) return failed(failure, "getsockname", "Asking for the port");
  /* Into the backlog: neither family's connect waits for accept. */
  if (connect(second->read_fd, address, length) != 0) return failed(failure, "connect", "Connecting");
  int accepted = accept4(first->read_fd, NULL, NULL, SOCK_CLOEXEC);
  if (accepted < 0) return failed(failure, "accept", "Accepting");
  close(first->read_fd);
  first->read_fd = first->write_fd = accepted;
  return 0;
}

int floor_open_unix_stream(floor_end *first, floor_end *second, const char *folder, size_t size, bh_failure *failure) {
  (void)size;
  char path[256];
  struct sockaddr_un address;
  snprintf(path, sizeof path, "%s/s", folder);
  if (bh_unix_address(&address, path, failure) != 0) return -1;
  return connect_streams(first, second, (struct sockaddr *)&address, sizeof address, failure);
}

static struct sockaddr_in loopback4(void) {
  return (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

static struct sockaddr_in6 loopback6(void) {
  return (struct sockaddr_in6){.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
}

static int no_delay(floor_end *end, bh_failure *failure) {
  const int on = 1;
  return setsockopt(end->read_fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) == 0 ? 0 : failed(failure, "setsockopt", "TCP_NODELAY");
}

int floor_open_tcp_delay(floor_end *first, floor_end *second, const char *folder, size_t size, bh_failure *failure) {
  (void)folder;
  (void)size;
  struct sockaddr_in address = loopback4();
  return connect_streams(first, second, (struct sockaddr *)&address, sizeof address, failure);
}

int floor_open_tcp(floor_end *first, floor_end *second, const char *folder, size_t size, bh_failure *failure) {
  if (floor_open_tcp_delay(first, second, folder, size, failure) != 0) return -1;
  return no_delay(first, failure) != 0 ? -1 : no_delay(second, failure);
}

int floor_open_tcp6(floor_end *first, floor_end *second, const char *folder, size_t size, bh_failure *failure) {
  (void)folder;
  (void)size;
  struct sockaddr_in6 address = loopback6();
  if (connect_streams(first, second, (struct sockaddr *)&address, sizeof address, failure) != 0) return -1;
  return no_delay(first, failure) != 0 ? -1 : no_delay(second, failure);
}

/** Two pairs of connected sockets, as libuv puts behind a child's standard input and output; a shell would make pipes. */
int floor_open_standard_streams(floor_end *first, floor_end *second, const char *folder, size_t size, bh_failure *failure) {
  (void)folder;
  (void)size;
  floor_end *ends[] = {first, second};
  for (int i = 0; i < 2; i++) {
    int fds[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0) return failed(failure, "socketpair", "Making a pair of sockets");
    ends[i]->read_fd = fds[0];
    ends[1 - i]->write_fd = fds[1];
  }
  return 0;
}

/** Both bind to a port of the kernel's choice and connect to each other: nobody else's datagrams come in. */
static int connect_datagrams(floor_end *first, floor_end *second, const struct sockaddr *any, socklen_t length, bh_failure *failure) {
  struct sockaddr_in6 bound;
  floor_end *ends[] = {first, second};
  for (int i = 0; i < 2; i++) {
    if (make(ends[i], any->sa_family, SOCK_DGRAM, failure) != 0) return -1;
    if (bind(ends[i]->read_fd, any, length) != 0) return failed(failure, "bind", "Binding to a port");
  }
  for (int i = 0; i < 2; i++) {
    socklen_t size = sizeof bound;
    if (getsockname(ends[1 - i]->read_fd, (struct sockaddr *)&bound, &size) != 0) return failed(failure, "getsockname", "Asking for the port");
    if (connect(ends[i]->read_fd, (struct sockaddr *)&bound, size) != 0) return failed(failure, "connect", "Connecting");
  }
  return 0;
}

int floor_open_udp(floor_end *first, floor_end *second, const char *folder, size_t size, bh_failure *failure) {
  (void)folder;
  (void)size;
  struct sockaddr_in any = loopback4();
  return connect_datagrams(first, second, (struct sockaddr *)&any, sizeof any, failure);
}

int floor_open_udp6(floor_end *first, floor_end *second, const char *folder, size_t size, bh_failure *failure) {
  (void)folder;
  (void)size;
  struct sockaddr_in6 any = loopback6();
  return connect_datagrams(first, second, (struct sockaddr *)&any, sizeof any, failure);
}

/** Makes room in the send buffer, which a datagram has to fit whole. */
static int fits(int fd, size_t size, bh_failure *failure) {
  const int wanted = (int)(size + 4096);
  int bytes = 0;
  socklen_t length = sizeof bytes;
  /* The first is for the privileged; the second is cut to net.core.wmem_max. */
  if (size > 65536 && setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &wanted, sizeof wanted) != 0)
    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &wanted, sizeof wanted);
  if (getsockopt(fd, SOL_SOCKET, SO_SNDBUF, &bytes, &length) != 0) return failed(failure, "getsockopt", "Asking for the send buffer");
  /* The kernel keeps 32 bytes of it for itself. */
  if (bytes - 32 >= (int)size) return 0;
  return bh_fail(failure, EMSGSIZE, "", "A datagram of %zu bytes does not fit the send buffer of %d; net.core.wmem_max sets its limit.", size, bytes);
}

int floor_open_unix_dgram(floor_end *first, floor_end *second, const char *folder, size_t size, bh_failure *failure) {
  floor_end *ends[] = {first, second};
  struct sockaddr_un addresses[2];
  for (int i = 0; i < 2; i++) {
    char path[256];
    snprintf(path, sizeof path, "%s/%d", folder, i);
    if (bh_unix_address(&addresses[i], path, failure) != 0 || make(ends[i], AF_UNIX, SOCK_DGRAM, failure) != 0) return -1;
    if (fits(ends[i]->write_fd, size, failure) != 0) return -1;
    if (bind(ends[i]->read_fd, (struct sockaddr *)&addresses[i], sizeof addresses[i]) != 0) return failed(failure, "bind", "Binding the socket");
  }
  for (int i = 0; i < 2; i++)
    if (connect(ends[i]->read_fd, (struct sockaddr *)&addresses[1 - i], sizeof addresses[i]) != 0) return failed(failure, "connect", "Connecting");
  return 0;
}
