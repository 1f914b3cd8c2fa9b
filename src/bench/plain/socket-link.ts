import type { Socket } from 'node:net';
import { Emitter } from '../../shared/emitter';
import { boundedWrite } from '../../transports/bounded-write';
import type { Link } from '../../transports/link';

/** One connection as a link. */
export function socketLink(socket: Socket): Link {
  const bytes = new Emitter<Uint8Array>();
  const closed = new Emitter<string>();
  let reason = 'the other end closed the connection';
  socket.on('data', (chunk: Buffer) => bytes.emit(chunk));
  socket.on('error', (error) => {
    reason = error.message;
  });
  socket.on('end', () => socket.destroy());
  socket.on('close', () => closed.emit(reason));
  return {
    send: (frame) => (socket.destroyed ? 'closed' : boundedWrite(socket, frame)),
    onBytes: (listener) => bytes.on(listener),
    onClose: (listener) => closed.on(listener),
    close: () => void socket.destroy(),
  };
}
