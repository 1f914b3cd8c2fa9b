import { writeSync } from 'node:fs';
import { serveControl } from '../../src/plugins/serve-plugin';
import type { PortLike } from '../../src/transports/message-port/port-like';
import { FrameRouter } from '../../src/transports/utility-post/frame-router';

/** The echo plugin's way of answering in a plain child process: Node's own channel to the parent is the control port. */

export interface PrintOrder {
  kind: 'print';
  bytes: Uint8Array;
}

function isPrintOrder(message: unknown): message is PrintOrder {
  return typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'print';
}

const control: PortLike = {
  postMessage: (message) => void process.send?.(message),
  on(event, listener) {
    if (event !== 'message') return;
    process.on('message', (data: unknown) => {
      if (isPrintOrder(data)) {
        // What no channel wrote, as a library that prints a greeting would.
        writeSync(1, data.bytes);
        process.send?.({ kind: 'printed' });
      } else (listener as (event: { data: unknown }) => void)({ data });
    });
  },
  start() {},
  close() {},
};

process.on('disconnect', () => process.exit(0));
serveControl({ respond: (payload) => payload }, new FrameRouter(() => undefined), control);
