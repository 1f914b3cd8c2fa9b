#include "machine.h"

#include "../core/affinity.h"
#include "../core/clock.h"

static napi_value monotonic_ns(napi_env env, napi_callback_info info) {
  (void)info;
  return bh_number(env, (double)bh_now_ns());
}

static napi_value clock_resolution_ns(napi_env env, napi_callback_info info) {
  (void)info;
  return bh_number(env, (double)bh_clock_resolution_ns());
}

static napi_value get_affinity(napi_env env, napi_callback_info info) {
  (void)info;
  bh_failure failure;
  int cpus[BH_MAX_CPUS];
  int count = bh_get_affinity(cpus, &failure);
  if (count < 0) return bh_throw(env, &failure);
  napi_value list;
  if (napi_create_array_with_length(env, (size_t)count, &list) != napi_ok) return NULL;
  for (int i = 0; i < count; i++) napi_set_element(env, list, (uint32_t)i, bh_number(env, cpus[i]));
  return list;
}

static napi_value set_affinity(napi_env env, napi_callback_info info) {
  napi_value list = NULL;
  size_t given = 1;
  uint32_t count = 0;
  napi_get_cb_info(env, info, &given, &list, NULL, NULL);
  if (napi_get_array_length(env, list, &count) != napi_ok) return bh_throw_type(env, "cpus has to be an array.");
  if (count > BH_MAX_CPUS) return bh_throw_range(env, "cpus has at most 1024 numbers.");
  int cpus[BH_MAX_CPUS];
  for (uint32_t i = 0; i < count; i++) {
    napi_value item;
    double cpu;
    if (napi_get_element(env, list, i, &item) != napi_ok) return NULL;
    if (!bh_arg_number(env, item, "A CPU", 0, BH_MAX_CPUS - 1, &cpu)) return NULL;
    cpus[i] = (int)cpu;
  }
  bh_failure failure;
  if (bh_set_affinity(cpus, (int)count, &failure) != 0) return bh_throw(env, &failure);
  return bh_undefined(env);
}

const bh_method bh_machine_methods[BH_MACHINE_METHODS] = {
    {"monotonicNs", monotonic_ns},
    {"clockResolutionNs", clock_resolution_ns},
    {"getAffinity", get_affinity},
    {"setAffinity", set_affinity},
};
