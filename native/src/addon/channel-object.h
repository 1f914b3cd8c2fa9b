#ifndef BH_CHANNEL_OBJECT_H
#define BH_CHANNEL_OBJECT_H

#include "napi-util.h"

/** createSharedChannel(path, ringBytes) and openSharedChannel(path). */
napi_value bh_create_shared_channel(napi_env env, napi_callback_info info);
napi_value bh_open_shared_channel(napi_env env, napi_callback_info info);

#endif
