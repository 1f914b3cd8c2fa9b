import { accessSync, constants, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { SharedChannel } from '../../../native';
import { FRAME_HEADER_BYTES } from '../../shared/frame';
import { TRANSPORTS } from '../../shared/transport-catalog';
import { Channel, newRunKey } from '../channel';
import { nativeAddon, nativeAvailability } from '../native/addon';
import { receiverLink } from '../native/receiver-link';
import { MAX_PER_TURN, waitHere } from '../native/wait';
import type { Link } from '../link';
import type { Transport } from '../transport';

type SharedMemoryId = 'shmem' | 'shmem-futex';

/** For each direction. Holds a few frames of the largest size. */
const RING_BYTES = 4 * 1024 * 1024;
/** Memory that no file system writes to a disk behind it. */
const MEMORY_DIRECTORY = '/dev/shm';
/**
 * A file mapped by both. It lies outside the run's directory, whose file system may be a disk, but only until the peer
 * has it: the peer takes the name away, and the memory goes with the last of both processes, however they end.
 */
function sharedMemory<T extends SharedMemoryId>(id: T, spins: boolean): Transport<T> {
  const info = { ...TRANSPORTS[id], id };
  const maxFrameBytes = info.maxPayloadBytes + FRAME_HEADER_BYTES;
  const linkOver = (receiver: SharedChannel): Link => {
    const { spinNs, lingerNs } = waitHere();
    if (spins) receiver.setWait(spinNs, 0, MAX_PER_TURN);
    else receiver.setWait(0, lingerNs, MAX_PER_TURN);
    return receiverLink({
      receiver,
      maxFrameBytes,
      send: (frame) => (receiver.send(frame) === 0 ? 'sent' : 'refused'),
      cleanUp: () => undefined,
    });
  };
  return {
    info,
    availability: nativeAvailability,
    async listen({ directory }) {
      const runKey = newRunKey();
      // The key is random, so that the name is nobody else's.
      const path = join(memoryDirectory() ?? directory, `bulkhead-${Buffer.from(runKey).toString('hex')}`);
      const link = linkOver(nativeAddon().createSharedChannel(path, RING_BYTES));
      return {
        ticket: { transport: id as SharedMemoryId, runKey, path },
        ports: [],
        channel: new Channel(info, link, runKey),
      };
    },
    async connect(ticket) {
      // The compiler doesn't look into the ticket of a T that it doesn't know yet.
      const { path, runKey } = ticket as { path: string; runKey: Uint8Array };
      const channel = nativeAddon().openSharedChannel(path);
      rmSync(path, { force: true });
      return new Channel(info, linkOver(channel), runKey);
    },
  };
}

export const shmemTransport = sharedMemory('shmem', true);
export const shmemFutexTransport = sharedMemory('shmem-futex', false);

function memoryDirectory(): string | null {
  try {
    accessSync(MEMORY_DIRECTORY, constants.W_OK | constants.X_OK);
    return MEMORY_DIRECTORY;
  } catch {
    return null;
  }
}
