#include <signal.h>

#include "channel-object.h"
#include "endpoint-object.h"
#include "machine.h"
#include "own-wait.h"

/* NAPI_MODULE_INIT makes one instance per environment: nothing here is global, so workers may load it, too. */
NAPI_MODULE_INIT() {
  /* A write to a pipe without a reader would end the process. Node ignores the signal; a host that doesn't, does now. */
  struct sigaction present;
  if (sigaction(SIGPIPE, NULL, &present) == 0 && present.sa_handler == SIG_DFL) signal(SIGPIPE, SIG_IGN);

  static const bh_method factories[] = {
      {"createSharedChannel", bh_create_shared_channel}, {"openSharedChannel", bh_open_shared_channel},
      {"createDatagramSocket", bh_create_datagram_socket}, {"wrapDatagramSocket", bh_wrap_datagram_socket},
      {"wrapStream", bh_wrap_stream},                 {"openUdpSocket", bh_open_udp_socket},
      {"openIcmpSocket", bh_open_icmp_socket},        {"waitByItself", bh_wait_by_itself},
  };
  const struct {
    const bh_method *list;
    size_t count;
  } parts[] = {{bh_machine_methods, BH_MACHINE_METHODS}, {factories, BH_COUNT(factories)}};
  for (size_t part = 0; part < BH_COUNT(parts); part++) {
    for (size_t i = 0; i < parts[part].count; i++) {
      const bh_method *method = &parts[part].list[i];
      napi_value function;
      if (napi_create_function(env, method->name, NAPI_AUTO_LENGTH, method->call, NULL, &function) != napi_ok ||
          !bh_set(env, exports, method->name, function))
        return NULL;
    }
  }
  return exports;
}
