import type { Socket } from 'node:net';
import type { SendOutcome } from '../../shared/measure/probe';

/** What may wait in this process when the kernel's buffer is full. Always room for one frame. */
const MAX_QUEUED_BYTES = 2 * 1024 * 1024;

export type StreamWriter = (frame: Uint8Array) => SendOutcome;

function outcomeBefore(socket: Socket, frame: Uint8Array): SendOutcome {
  if (socket.destroyed || !socket.writable) return 'closed';
  return socket.writableLength > 0 && socket.writableLength + frame.byteLength > MAX_QUEUED_BYTES ? 'refused' : 'sent';
}

/** Each frame in a buffer of its own. */
export function allocatingWriter(socket: Socket): StreamWriter {
  return (frame) => {
    const outcome = outcomeBefore(socket, frame);
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
    const outcome = outcomeBefore(socket, frame);
    if (outcome !== 'sent') return outcome;
    if (buffer.byteLength < frame.byteLength) buffer = Buffer.alloc(Math.max(4096, frame.byteLength));
    buffer.set(frame);
    socket.write(buffer.subarray(0, frame.byteLength));
    if (socket.writableLength > 0) buffer = Buffer.alloc(0);
    return 'sent';
  };
}
