import type { PeerKind } from './peer';

/** No process: the kernel answers whatever comes, and neither hears nor tells anything else. */
export function kernelPeers(): PeerKind {
  return {
    name: 'kernel',
    servesOnce: false,
    start: async () => ({
      pid: 0,
      alive: true,
      frameRouter: undefined,
      invokes: undefined,
      child: undefined,
      tell: () => undefined,
      open: async () => undefined,
      answers: async () => ({}),
      kill: async () => undefined,
      stop: async () => undefined,
    }),
  };
}
