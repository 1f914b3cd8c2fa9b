import type { Socket } from 'node:net';
import type { SendOutcome } from '../shared/measure/probe';
import { hasQueueRoom } from './queue-limit';

/** What writing one frame to a stream will come to: nothing has been written yet. */
export function outcomeOfWrite(socket: Socket, frame: Uint8Array): SendOutcome {
  if (socket.destroyed || !socket.writable) return 'closed';
  return hasQueueRoom(socket.writableLength, frame) ? 'sent' : 'refused';
}

/** Writes one frame to a stream, or refuses it when too much waits already. */
export function boundedWrite(socket: Socket, frame: Uint8Array): SendOutcome {
  const outcome = outcomeOfWrite(socket, frame);
  // net.Socket writes at once what the kernel takes and queues the rest by reference, so the queue needs its own copy.
  if (outcome === 'sent') socket.write(Buffer.from(frame));
  return outcome;
}
