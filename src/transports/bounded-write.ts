import type { Socket } from 'node:net';
import type { SendOutcome } from '../shared/measure/probe';

/** What may wait in this process when the kernel's buffer is full. Always room for one frame. */
const MAX_QUEUED_BYTES = 2 * 1024 * 1024;

/** Writes one frame to a stream, or refuses it when too much waits already. */
export function boundedWrite(socket: Socket, frame: Uint8Array): SendOutcome {
  if (socket.destroyed || !socket.writable) return 'closed';
  if (socket.writableLength > 0 && socket.writableLength + frame.byteLength > MAX_QUEUED_BYTES) return 'refused';
  // net.Socket writes at once what the kernel takes and queues the rest by reference, so the queue needs its own copy.
  socket.write(Buffer.from(frame));
  return 'sent';
}
