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

export const FRAME_TYPES = { ping: 1, pong: 2 } as const;
export type FrameType = keyof typeof FRAME_TYPES;

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
const RUN_KEY_BYTES = 8;

/** Writes a whole frame into `into` at 0 and returns its length. `into` must hold header and payload. */
export function encodeFrame(
  into: Uint8Array,
  type: FrameType,
  sequence: number,
  runKey: RunKey,
  payload: Uint8Array,
): number {
  const total = FRAME_HEADER_BYTES + payload.byteLength;
  writeUint32(into, 0, MAGIC);
  into[4] = FRAME_VERSION;
  into[5] = FRAME_TYPES[type];
  into[6] = into[7] = 0;
  writeUint32(into, 8, sequence);
  for (let i = 0; i < RUN_KEY_BYTES; i += 1) into[12 + i] = runKey[i] as number;
  writeUint32(into, 20, payload.byteLength);
  into.set(payload, FRAME_HEADER_BYTES);
  return total;
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
  if (readUint32(bytes, at) !== MAGIC) return { ok: false, rejection: 'magic' };
  if (bytes[at + 4] !== FRAME_VERSION) return { ok: false, rejection: 'version' };
  const code = bytes[at + 5];
  const type = code === FRAME_TYPES.ping ? 'ping' : code === FRAME_TYPES.pong ? 'pong' : null;
  if (type === null) return { ok: false, rejection: 'type' };
  const length = readUint32(bytes, at + 20);
  if (length > maxPayloadBytes) return { ok: false, rejection: 'length' };
  for (let i = 0; i < runKey.byteLength; i += 1) {
    if (bytes[at + 12 + i] !== runKey[i]) return { ok: false, rejection: 'foreign' };
  }
  return { ok: true, type, sequence: readUint32(bytes, at + 8), length };
}

/** Little-endian. Without a DataView, which would be an object made for every frame. */
function readUint32(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24)) >>>
    0
  );
}

function writeUint32(into: Uint8Array, at: number, value: number): void {
  into[at] = value;
  into[at + 1] = value >>> 8;
  into[at + 2] = value >>> 16;
  into[at + 3] = value >>> 24;
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
          const length = readUint32(bytes, at + 20);
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
