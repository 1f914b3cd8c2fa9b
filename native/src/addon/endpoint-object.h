#ifndef BH_ENDPOINT_OBJECT_H
#define BH_ENDPOINT_OBJECT_H

#include "napi-util.h"

/** createDatagramSocket(), wrapDatagramSocket(fd), wrapStream(readFd, writeFd), openUdpSocket(family), openIcmpSocket(). */
napi_value bh_create_datagram_socket(napi_env env, napi_callback_info info);
napi_value bh_wrap_datagram_socket(napi_env env, napi_callback_info info);
napi_value bh_wrap_stream(napi_env env, napi_callback_info info);
napi_value bh_open_udp_socket(napi_env env, napi_callback_info info);
napi_value bh_open_icmp_socket(napi_env env, napi_callback_info info);

#endif
