/**
 * The frame that every transport carries, little-endian:
 *
 * | offset | bytes | field |
 * |---|---|---|
 * | 0 | 4 | magic `BKHD` |
 * | 4 | 1 | version, 1 |
 * | 5 | 1 | type |
 * | 6 | 2 | reserved, 0 |
 * | 8 | 4 | sequence number |
 * | 12 | 8 | run key: random for every channel opened, so that frames of an earlier life are foreign |
 * | 20 | 4 | payload length, bytes |
 * | 24 | … | payload |
 */

export const FRAME_HEADER_BYTES = 24;
export const FRAME_VERSION = 1;
/** `BKHD` read as a little-endian 32-bit number. */
const MAGIC = 0x44484b42;
const TYPE_AT = 5;

export const FRAME_TYPES = { ping: 1, pong: 2 } as const;
export type FrameType = keyof typeof FRAME_TYPES;
const TYPE_NAMES = new Map<number, FrameType>(
  Object.entries(FRAME_TYPES).map(([name, code]) => [code, name as FrameType]),
);

export interface Frame {
  type: FrameType;
  /** 0 to 2³² − 1. */
  sequence: number;
  payload: Uint8Array;
}

/** Why bytes were not taken for a frame. */
export type FrameRejection = 'truncated' | 'magic' | 'version' | 'type' | 'foreign' | 'length';

export type Decoded = { ok: true; frame: Frame } | { ok: false; rejection: FrameRejection };

/** Eight random bytes that name one opening of one channel. */
export type RunKey = Uint8Array;

/** Writes a whole frame into `into` at 0 and returns its length. `into` must hold header and payload. */
export function encodeFrame(
  into: Uint8Array,
  type: FrameType,
  sequence: number,
  runKey: RunKey,
  payload: Uint8Array,
): number {
  const total = FRAME_HEADER_BYTES + payload.byteLength;
  const view = new DataView(into.buffer, into.byteOffset, into.byteLength);
  view.setUint32(0, MAGIC, true);
  view.setUint8(4, FRAME_VERSION);
  view.setUint8(TYPE_AT, FRAME_TYPES[type]);
  view.setUint16(6, 0, true);
  view.setUint32(8, sequence, true);
  into.set(runKey, 12);
  view.setUint32(20, payload.byteLength, true);
  into.set(payload, FRAME_HEADER_BYTES);
  return total;
}

/** Makes an encoded ping its own pong, in place, for where the ping itself comes back. Does nothing to anything else. */
export function turnIntoPong(bytes: Uint8Array): void {
  if (bytes[TYPE_AT] === FRAME_TYPES.ping) bytes[TYPE_AT] = FRAME_TYPES.pong;
}

/** Reads one frame that fills `bytes` exactly. The payload is a view into `bytes`, not a copy. Never throws. */
export function decodeFrame(bytes: Uint8Array, runKey: RunKey, maxPayloadBytes: number): Decoded {
  if (bytes.byteLength < FRAME_HEADER_BYTES) return { ok: false, rejection: 'truncated' };
  const header = readHeader(bytes, 0, runKey, maxPayloadBytes);
  if (!header.ok) return header;
  const held = bytes.byteLength - FRAME_HEADER_BYTES;
  if (held < header.length) return { ok: false, rejection: 'truncated' };
  if (held > header.length) return { ok: false, rejection: 'length' };
  const payload = bytes.subarray(FRAME_HEADER_BYTES);
  return { ok: true, frame: { type: header.type, sequence: header.sequence, payload } };
}

type Header =
  | { ok: true; type: FrameType; sequence: number; length: number }
  | { ok: false; rejection: FrameRejection };

function readHeader(bytes: Uint8Array, at: number, runKey: RunKey, maxPayloadBytes: number): Header {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, FRAME_HEADER_BYTES);
  if (view.getUint32(0, true) !== MAGIC) return { ok: false, rejection: 'magic' };
  if (view.getUint8(4) !== FRAME_VERSION) return { ok: false, rejection: 'version' };
  const type = TYPE_NAMES.get(view.getUint8(TYPE_AT));
  if (type === undefined) return { ok: false, rejection: 'type' };
  const length = view.getUint32(20, true);
  if (length > maxPayloadBytes) return { ok: false, rejection: 'length' };
  for (let i = 0; i < runKey.byteLength; i += 1) {
    if (bytes[at + 12 + i] !== runKey[i]) return { ok: false, rejection: 'foreign' };
  }
  return { ok: true, type, sequence: view.getUint32(8, true), length };
}

/**
 * Cuts a byte stream into frames. After bytes that are no frame it looks for the next magic and goes on there;
 * each run of such bytes is reported once. Holds at most one frame, and copies every byte at most twice, however
 * small the pieces in which a large frame comes.
 */
export class StreamDeframer {
  readonly #runKey: RunKey;
  readonly #maxPayloadBytes: number;
  /** What came of a frame that isn't whole yet: the first `#heldBytes` of this. */
  #buffer: Uint8Array = new Uint8Array(0);
  #heldBytes = 0;
  #lost = false;

  constructor(runKey: RunKey, maxPayloadBytes: number) {
    this.#runKey = runKey;
    this.#maxPayloadBytes = maxPayloadBytes;
  }

  /** Payloads given to `onFrame` are views that hold only until it returns. */
  push(chunk: Uint8Array, onFrame: (frame: Frame) => void, onRejection: (rejection: FrameRejection) => void): void {
    if (this.#heldBytes === 0) {
      this.#append(chunk.subarray(this.#cut(chunk, onFrame, onRejection)));
      return;
    }
    this.#append(chunk);
    const used = this.#cut(this.#buffer.subarray(0, this.#heldBytes), onFrame, onRejection);
    this.#buffer.copyWithin(0, used, this.#heldBytes);
    this.#heldBytes -= used;
  }

  #append(bytes: Uint8Array): void {
    const needed = this.#heldBytes + bytes.byteLength;
    if (this.#buffer.byteLength < needed) {
      const grown = new Uint8Array(Math.max(needed, this.#buffer.byteLength * 2));
      grown.set(this.#buffer.subarray(0, this.#heldBytes));
      this.#buffer = grown;
    }
    this.#buffer.set(bytes, this.#heldBytes);
    this.#heldBytes = needed;
  }

  /** Gives out the whole frames in `bytes` and says how many bytes are done with. */
  #cut(bytes: Uint8Array, onFrame: (frame: Frame) => void, onRejection: (rejection: FrameRejection) => void): number {
    let at = 0;
    while (bytes.byteLength - at >= FRAME_HEADER_BYTES) {
      const header = readHeader(bytes, at, this.#runKey, this.#maxPayloadBytes);
      if (!header.ok) {
        if (header.rejection === 'foreign') {
          // A sound header of another run: its length can be trusted, so skip the whole frame.
          const length = new DataView(bytes.buffer, bytes.byteOffset + at + 20, 4).getUint32(0, true);
          if (bytes.byteLength - at < FRAME_HEADER_BYTES + length) break;
          at += FRAME_HEADER_BYTES + length;
          this.#lost = false;
          onRejection('foreign');
          continue;
        }
        if (!this.#lost) onRejection(header.rejection);
        this.#lost = true;
        at = nextMagic(bytes, at + 1);
        continue;
      }
      const end = at + FRAME_HEADER_BYTES + header.length;
      if (bytes.byteLength < end) break;
      this.#lost = false;
      onFrame({ type: header.type, sequence: header.sequence, payload: bytes.subarray(at + FRAME_HEADER_BYTES, end) });
      at = end;
    }
    return at;
  }
}

/** The next place where a magic begins, or might begin at the very end. */
function nextMagic(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0x42, from); at !== -1; at = bytes.indexOf(0x42, at + 1)) {
    if ((bytes[at + 1] ?? 0x4b) === 0x4b && (bytes[at + 2] ?? 0x48) === 0x48 && (bytes[at + 3] ?? 0x44) === 0x44)
      return at;
  }
  return bytes.byteLength;
}
