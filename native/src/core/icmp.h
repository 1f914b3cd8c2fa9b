#ifndef BH_ICMP_H
#define BH_ICMP_H

#include "endpoint.h"

/** 65535 bytes of an IPv4 packet, less the IP header without options and the ICMP header. */
#define BH_ICMP_MAX_BYTES 65507u

/**
 * A raw socket for echo requests to 127.0.0.1, which the kernel answers with the same bytes. Only the answers to this
 * socket come in: they bear its identifier, and a filter in the kernel drops all else. 0 or -1; EPERM without
 * CAP_NET_RAW.
 */
int bh_icmp_open(bh_endpoint *endpoint, bh_failure *failure);

/** As send(): puts header and checksum before `bytes`. Returns `length`, or -1 with errno. */
ssize_t bh_icmp_send(const bh_endpoint *endpoint, const void *bytes, size_t length);

/** As recv() with MSG_TRUNC: the answer's bytes without its headers. */
ssize_t bh_icmp_receive(const bh_endpoint *endpoint, void *into, size_t capacity);

#endif
