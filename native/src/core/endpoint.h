#ifndef BH_ENDPOINT_H
#define BH_ENDPOINT_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <sys/un.h>

#include "failure.h"

/** 107 on Linux, 103 on macOS: `sun_path` less its final zero. */
#define BH_MAX_SOCKET_PATH (sizeof(((struct sockaddr_un *)0)->sun_path) - 1)

/**
 * A pair of descriptors, both non-blocking and close-on-exec, to read from and to write to. Datagram sockets keep the
 * boundaries of messages; streams (pipes, FIFOs, stream sockets) don't. The descriptors are this structure's own.
 */
typedef struct {
  int read_fd;  /* -1 once closed */
  int write_fd; /* equal to read_fd, or another descriptor of the same object, or another object; -1 once closed */
  bool stream;
  bool socket; /* of write_fd: send() with MSG_NOSIGNAL instead of write() */
  uint16_t echo_identifier; /* of an ICMP socket (icmp.h); 0: another kind */
  /** Largest datagram that the send buffer takes; SIZE_MAX for streams. */
  size_t max_bytes;
  char bound_path[BH_MAX_SOCKET_PATH + 1]; /* what close has to remove; empty when nothing */
  dev_t device;
  ino_t inode;
} bh_endpoint;

/** Outcomes of sending and receiving apart from a count of bytes. */
#define BH_FAILED (-1)
#define BH_WOULD_BLOCK (-2)

/** An AF_UNIX datagram socket. 0 or -1. */
int bh_datagram_open(bh_endpoint *endpoint, bh_failure *failure);
/** Binds with mode 0600, without a moment of another mode. The path must not exist. 0 or -1. */
int bh_datagram_bind(bh_endpoint *endpoint, const char *path, bh_failure *failure);
/** From now on sends go to `path`, and only what that socket sends is received. 0 or -1. */
int bh_datagram_connect(bh_endpoint *endpoint, const char *path, bh_failure *failure);

/**
 * A UDP socket of AF_INET or AF_INET6, non-blocking and close-on-exec, bound to a port of the kernel's choice on the
 * loopback interface. The descriptor is the caller's. -1 on failure.
 */
int bh_udp_open(int family, bh_failure *failure);

/**
 * Takes duplicates of somebody else's descriptors, which stay the caller's to close. A datagram socket of any family
 * (`stream` false: read_fd must equal write_fd) or a pipe, FIFO or stream socket. Sets O_NONBLOCK, which both
 * duplicates of a descriptor share. 0 or -1.
 */
int bh_endpoint_wrap(bh_endpoint *endpoint, int read_fd, int write_fd, bool stream, bh_failure *failure);

/**
 * Hands bytes to the kernel. Datagrams: all or nothing; `to` names the receiver of one on a socket that isn't
 * connected, else NULL. Streams: returns how many were taken. BH_WOULD_BLOCK when there is no room, BH_FAILED else.
 */
ssize_t bh_endpoint_send(const bh_endpoint *endpoint, const void *bytes, size_t length, const struct sockaddr_un *to,
                         bh_failure *failure);

/**
 * Reads one datagram, whose true length it returns even when `capacity` cut it, or what there is of a stream, where 0
 * is its end. BH_WOULD_BLOCK when there is nothing, BH_FAILED else.
 */
ssize_t bh_endpoint_receive(const bh_endpoint *endpoint, void *into, size_t capacity, bh_failure *failure);

/** Fills an address. 0, or -1 with ENAMETOOLONG: the kernel would take the first 108 bytes for the whole. */
int bh_unix_address(struct sockaddr_un *address, const char *path, bh_failure *failure);

/**
 * Sleeps in the kernel until `fd` can be read, or has an end or error to tell. False when the time is over.
 */
bool bh_poll_readable(int fd, uint64_t timeout_ns);

/** Closes the descriptors, and removes the bound path if it is still that socket. A second call does nothing. */
void bh_endpoint_close(bh_endpoint *endpoint);

#endif
