{
  'target_defaults': {
    'defines': ['_GNU_SOURCE'],
    'cflags': ['-std=c11', '-Wall', '-Wextra', '-fvisibility=hidden'],
  },
  'variables': {
    'core': [
      'src/core/affinity.c',
      'src/core/clock.c',
      'src/core/endpoint.c',
      'src/core/failure.c',
      'src/core/icmp.c',
      'src/core/queue.c',
      'src/core/shared-map.c',
      'src/core/shared-ring.c',
    ],
  },
  'targets': [
    {
      'target_name': 'bulkhead_native',
      'sources': [
        '<@(core)',
        'src/addon/channel-loop.c',
        'src/addon/channel-object.c',
        'src/addon/endpoint-close.c',
        'src/addon/endpoint-loop.c',
        'src/addon/endpoint-object.c',
        'src/addon/listener.c',
        'src/addon/loop-object.c',
        'src/addon/machine.c',
        'src/addon/module.c',
        'src/addon/napi-util.c',
        'src/addon/own-wait.c',
        'src/addon/waiter.c',
      ],
    },
    {
      # A program of its own: no Node, no JavaScript. Built from the same core, so that it measures what the addon uses.
      'target_name': 'bulkhead-floor',
      'type': 'executable',
      'sources': [
        '<@(core)',
        'src/floor/follow.c',
        'src/floor/main.c',
        'src/floor/method-icmp.c',
        'src/floor/methods.c',
        'src/floor/move-kernel.c',
        'src/floor/move-memory.c',
        'src/floor/open-files.c',
        'src/floor/open-sockets.c',
        'src/floor/pace.c',
        'src/floor/run.c',
        'src/floor/signals.c',
      ],
    },
  ],
}
