import type { Socket } from 'node:net';
import type { SendOutcome } from '../../shared/measure/probe';
import { outcomeOfWrite } from '../bounded-write';

export type StreamWriter = (frame: Uint8Array) => SendOutcome;

/** Each frame in a buffer of its own. */
export function allocatingWriter(socket: Socket): StreamWriter {
  return (frame) => {
    const outcome = outcomeOfWrite(socket, frame);
    if (outcome === 'sent') socket.write(new Uint8Array(frame));
    return outcome;
  };
}

/**
 * Every frame in the same buffer. A socket hands bytes to the kernel within `write`; what the kernel doesn't take at
 * once, it keeps by reference. Then the buffer is left to it, and the next frame gets another.
 */
export function reusingWriter(socket: Socket): StreamWriter {
  let buffer = Buffer.alloc(0);
  return (frame) => {
    const outcome = outcomeOfWrite(socket, frame);
    if (outcome !== 'sent') return outcome;
    if (buffer.byteLength < frame.byteLength) buffer = Buffer.alloc(Math.max(4096, frame.byteLength));
    buffer.set(frame);
    socket.write(buffer.subarray(0, frame.byteLength));
    if (socket.writableLength > 0) buffer = Buffer.alloc(0);
    return 'sent';
  };
}
