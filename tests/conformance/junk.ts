import { encodeFrame, FRAME_HEADER_BYTES, type FrameRejection } from '../../src/shared/frame';
import type { TransportInfo } from '../../src/shared/transport-catalog';

/** Bytes that are no frame of the channel, and what they have to be counted as. */
export interface Junk {
  what: string;
  rejection: FrameRejection;
  /** Only for transports that keep message boundaries: in a stream the next frame would fill the gap. */
  messagesOnly?: true;
  bytes(runKey: Uint8Array, info: TransportInfo): Uint8Array;
}

const PAYLOAD = new Uint8Array(40).fill(0x5a);

export const JUNK: readonly Junk[] = [
  {
    what: 'a frame with another magic',
    rejection: 'magic',
    bytes: (runKey) => changed(runKey, (view) => view.setUint8(0, 0x43)),
  },
  {
    what: 'a frame of another version',
    rejection: 'version',
    bytes: (runKey) => changed(runKey, (view) => view.setUint8(4, 1)),
  },
  {
    what: 'a frame of an unknown type',
    rejection: 'type',
    bytes: (runKey) => sealed(changed(runKey, (view) => view.setUint8(5, 99))),
  },
  {
    what: 'a frame whose sequence number was changed on the way',
    rejection: 'checksum',
    bytes: (runKey) => changed(runKey, (view) => view.setUint32(8, 4243, true)),
  },
  {
    what: 'a frame that claims more than the maximum',
    rejection: 'length',
    bytes: (runKey, info) => sealed(changed(runKey, (view) => view.setUint32(20, info.maxPayloadBytes + 1, true))),
  },
  {
    what: 'a frame that claims less than it holds',
    rejection: 'length',
    messagesOnly: true,
    bytes: (runKey) => sealed(changed(runKey, (view) => view.setUint32(20, PAYLOAD.byteLength - 1, true))),
  },
  {
    what: 'a frame cut in its payload',
    rejection: 'truncated',
    messagesOnly: true,
    bytes: (runKey) => sound(runKey).subarray(0, FRAME_HEADER_BYTES + 7),
  },
  {
    what: 'a frame cut in its header',
    rejection: 'truncated',
    messagesOnly: true,
    bytes: (runKey) => sound(runKey).subarray(0, FRAME_HEADER_BYTES - 1),
  },
  { what: 'an empty message', rejection: 'truncated', messagesOnly: true, bytes: () => new Uint8Array(0) },
  {
    what: 'a sound frame with a foreign run key',
    rejection: 'foreign',
    bytes: (runKey) => sound(runKey.map((byte) => byte ^ 0xff)),
  },
  { what: 'garbage', rejection: 'magic', bytes: () => new Uint8Array(200).fill(0xa5) },
];

/** A whole ping in memory of its own. */
export function sound(runKey: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(FRAME_HEADER_BYTES + PAYLOAD.byteLength);
  encodeFrame(bytes, 'ping', 4242, runKey, PAYLOAD);
  return bytes;
}

/** A sound header, as an injector makes one that has read an earlier frame, which announces the largest payload. */
export function announcing(runKey: Uint8Array, info: TransportInfo): Uint8Array {
  const header = sound(runKey).subarray(0, FRAME_HEADER_BYTES);
  new DataView(header.buffer).setUint32(20, info.maxPayloadBytes, true);
  return sealed(header);
}

/** Gives a changed header the checksum that is right for it. */
function sealed(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  view.setUint16(6, 0, true);
  let sum = 0;
  for (let at = 0; at < FRAME_HEADER_BYTES; at += 2) {
    sum += view.getUint16(at, true);
    if (sum > 0xffff) sum -= 0xffff;
  }
  view.setUint16(6, 0xffff - sum, true);
  return bytes;
}

function changed(runKey: Uint8Array, change: (view: DataView) => void): Uint8Array {
  const bytes = sound(runKey);
  change(new DataView(bytes.buffer));
  return bytes;
}
