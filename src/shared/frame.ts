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

const VERSION_AT = 4;
const TYPE_AT = 5;
const RESERVED_AT = 6;
const SEQUENCE_AT = 8;
const RUN_KEY_AT = 12;
const RUN_KEY_BYTES = 8;
const LENGTH_AT = 20;

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
  writeFixedPart(into, runKey);
  writeRest(into, type, sequence, payload);
  return FRAME_HEADER_BYTES + payload.byteLength;
}

/**
 * Writes frames of one run, one after the other, into one buffer, as long as the frame that it holds: a message port can
 * post it as it is, without first copying a part of something larger. What doesn't change from frame to frame is written
 * once.
 */
export class FrameWriter {
  readonly #runKey: RunKey;
  #frame = new Uint8Array(0);

  constructor(runKey: RunKey) {
    this.#runKey = runKey;
  }

  /** The bytes hold until the next frame is written. */
  write(type: FrameType, sequence: number, payload: Uint8Array): Uint8Array {
    const total = FRAME_HEADER_BYTES + payload.byteLength;
    if (this.#frame.byteLength !== total) {
      this.#frame = new Uint8Array(total);
      writeFixedPart(this.#frame, this.#runKey);
    }
    writeRest(this.#frame, type, sequence, payload);
    return this.#frame;
  }
}

/** What is the same in every frame of a run. */
function writeFixedPart(into: Uint8Array, runKey: RunKey): void {
  writeUint32(into, 0, MAGIC);
  into[VERSION_AT] = FRAME_VERSION;
  into[RESERVED_AT] = 0;
  into[RESERVED_AT + 1] = 0;
  into.set(runKey, RUN_KEY_AT);
}

function writeRest(into: Uint8Array, type: FrameType, sequence: number, payload: Uint8Array): void {
  into[TYPE_AT] = FRAME_TYPES[type];
  writeUint32(into, SEQUENCE_AT, sequence);
  writeUint32(into, LENGTH_AT, payload.byteLength);
  if (payload.byteLength > 0) into.set(payload, FRAME_HEADER_BYTES);
}

/** Makes an encoded ping its own pong, in place, for where the ping itself comes back. Does nothing to anything else. */
export function turnIntoPong(bytes: Uint8Array): void {
  if (bytes[TYPE_AT] === FRAME_TYPES.ping) bytes[TYPE_AT] = FRAME_TYPES.pong;
}

/** Reads one frame that fills `bytes` exactly. The payload is a view into `bytes`, not a copy. Never throws. */
export function decodeFrame(bytes: Uint8Array, runKey: RunKey, maxPayloadBytes: number): Decoded {
  const rejection = rejectionOf(bytes, runKey, maxPayloadBytes);
  return rejection === null
    ? { ok: true, frame: frameAt(bytes, 0, bytes.subarray(FRAME_HEADER_BYTES)) }
    : { ok: false, rejection };
}

function rejectionOf(bytes: Uint8Array, runKey: RunKey, maxPayloadBytes: number): FrameRejection | null {
  if (bytes.byteLength < FRAME_HEADER_BYTES) return 'truncated';
  const rejection = headerRejection(bytes, 0, runKey, maxPayloadBytes);
  if (rejection !== null) return rejection;
  const missing = readUint32(bytes, LENGTH_AT) + FRAME_HEADER_BYTES - bytes.byteLength;
  if (missing === 0) return null;
  return missing > 0 ? 'truncated' : 'length';
}

/** A sound header's frame. */
function frameAt(bytes: Uint8Array, at: number, payload: Uint8Array): Frame {
  return {
    type: bytes[at + TYPE_AT] === FRAME_TYPES.ping ? 'ping' : 'pong',
    sequence: readUint32(bytes, at + SEQUENCE_AT),
    payload,
  };
}

/** What is wrong with the header at `at`, or null. Byte by byte, without a view or an object for each frame. */
function headerRejection(
  bytes: Uint8Array,
  at: number,
  runKey: RunKey,
  maxPayloadBytes: number,
): FrameRejection | null {
  if (readUint32(bytes, at) !== MAGIC) return 'magic';
  if (bytes[at + VERSION_AT] !== FRAME_VERSION) return 'version';
  const type = bytes[at + TYPE_AT];
  if (type !== FRAME_TYPES.ping && type !== FRAME_TYPES.pong) return 'type';
  if (readUint32(bytes, at + LENGTH_AT) > maxPayloadBytes) return 'length';
  for (let i = 0; i < RUN_KEY_BYTES; i += 1) {
    if (bytes[at + RUN_KEY_AT + i] !== runKey[i]) return 'foreign';
  }
  return null;
}

function readUint32(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24)) >>>
    0
  );
}

function writeUint32(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value;
  bytes[at + 1] = value >>> 8;
  bytes[at + 2] = value >>> 16;
  bytes[at + 3] = value >>> 24;
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
      const used = this.#cut(chunk, onFrame, onRejection);
      if (used < chunk.byteLength) this.#append(chunk.subarray(used));
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
      const rejection = headerRejection(bytes, at, this.#runKey, this.#maxPayloadBytes);
      const length = readUint32(bytes, at + LENGTH_AT);
      if (rejection !== null) {
        if (rejection === 'foreign') {
          // A sound header of another run: its length can be trusted, so skip the whole frame.
          if (bytes.byteLength - at < FRAME_HEADER_BYTES + length) break;
          at += FRAME_HEADER_BYTES + length;
          this.#lost = false;
          onRejection('foreign');
          continue;
        }
        if (!this.#lost) onRejection(rejection);
        this.#lost = true;
        at = nextMagic(bytes, at + 1);
        continue;
      }
      const end = at + FRAME_HEADER_BYTES + length;
      if (bytes.byteLength < end) break;
      this.#lost = false;
      onFrame(frameAt(bytes, at, bytes.subarray(at + FRAME_HEADER_BYTES, end)));
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
