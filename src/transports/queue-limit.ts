/** What may wait in this process when the kernel's buffer is full. Always room for one frame. */
export const MAX_QUEUED_BYTES = 2 * 1024 * 1024;

/** Whether a frame may join what waits already. */
export function hasQueueRoom(queuedBytes: number, frame: Uint8Array): boolean {
  return queuedBytes === 0 || queuedBytes + frame.byteLength <= MAX_QUEUED_BYTES;
}
