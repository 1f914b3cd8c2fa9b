import type { Socket } from 'node:net';
import { Emitter } from '../shared/emitter';
import { type Message, say } from '../shared/messages/message';
import { boundedWrite } from './bounded-write';
import type { Link } from './link';

/** One connection as a link that Node.js reads and writes. */
export function nodeSocketLink(socket: Socket): Link {
  const bytes = new Emitter<Uint8Array>();
  const closed = new Emitter<Message>();
  let open = true;
  let reason = say('link.connection-closed');
  // Until somebody listens, what comes stays in the socket.
  socket.pause();
  socket.on('data', (chunk: Buffer) => {
    if (open) bytes.emit(chunk);
  });
  socket.on('error', (error) => {
    reason = say('link.connection-failed', { cause: error.message });
  });
  // Without this a half-closed connection would wait for its own queue to drain to a peer that is gone.
  socket.on('end', () => socket.destroy());
  socket.on('close', () => {
    if (open) closed.emit(reason);
  });
  return {
    send: (frame) => (open ? boundedWrite(socket, frame) : 'closed'),
    onBytes(listener) {
      const off = bytes.on(listener);
      socket.resume();
      return off;
    },
    onClose: (listener) => closed.on(listener),
    close() {
      if (!open) return;
      open = false;
      socket.destroy();
    },
  };
}
