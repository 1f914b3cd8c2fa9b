import { readUint32, writeUint32 } from './little-endian';
import { type PeerStamps, readStamps, STAMP_TRAILER_BYTES, writeStamps } from './stamp-trailer';

/**
 * The frame that every transport carries, little-endian:
 *
 * | offset | bytes | field |
 * |---|---|---|
 * | 0 | 4 | magic `BKHD` |
 * | 4 | 1 | version, 2 |
 * | 5 | 1 | type; its highest bit: a ping asks for stamps, a pong has them behind its payload |
 * | 6 | 2 | checksum of the header |
 * | 8 | 4 | sequence number |
 * | 12 | 8 | run key: random for every channel opened, so that frames of an earlier life are foreign |
 * | 20 | 4 | payload length, bytes |
 * | 24 | … | payload |
 * | … | 40 | stamps, in a pong that has them: `stamp-trailer.ts` |
 *
 * The checksum is that of IP's own header (RFC 1071): with it, the ones' complement sum of the header's twelve 16-bit
 * words is 0xffff. It finds every single changed bit, and all but one in 65,536 of other damage. It is no secret:
 * whoever can read a frame can make one.
 *
 * A peer that can't stamp, or has no room for it in the largest frame, answers a ping that asks without.
 */

export const FRAME_HEADER_BYTES = 24;
export const FRAME_VERSION = 2;
/** `BKHD` read as a little-endian 32-bit number. */
const MAGIC = 0x44484b42;
const MAGIC_LOW = MAGIC & 0xffff;
const MAGIC_HIGH = MAGIC >>> 16;

export const FRAME_TYPES = { ping: 1, pong: 2 } as const;
export type FrameType = keyof typeof FRAME_TYPES;
/** Beside the type. */
const STAMPED = 0x80;
const STAMPED_PONG = FRAME_TYPES.pong | STAMPED;

const VERSION_AT = 4;
const TYPE_AT = 5;
const CHECKSUM_AT = 6;
const SEQUENCE_AT = 8;
const RUN_KEY_AT = 12;
const LENGTH_AT = 20;

export interface Frame {
  type: FrameType;
  /** 0 to 2³² − 1. */
  sequence: number;
  payload: Uint8Array;
  /** A ping that wants to know its way. */
  asksForStamps?: true;
  /** What a pong tells, true or not. */
  stamps?: PeerStamps;
  /** When the read returned that brought it, on the system's monotonic clock; only where that was asked for and can be seen. */
  readAtNs?: number;
}

/** Nothing, or for a ping that it asks for stamps, or for a pong the stamps. */
export type Stamping = 'ask' | PeerStamps | null;

/** Why bytes were not taken for a frame. */
export const FRAME_REJECTIONS = ['truncated', 'magic', 'version', 'checksum', 'type', 'foreign', 'length'] as const;
export type FrameRejection = (typeof FRAME_REJECTIONS)[number];

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
  writeFixedPart(into, runKey, payload.byteLength);
  writeRest(into, FRAME_TYPES[type], sequence, payload, sumOfFixedPart(runKey, payload.byteLength));
  return FRAME_HEADER_BYTES + payload.byteLength;
}

/**
 * Writes frames of one run, one after the other, into one buffer, as long as the frame that it holds: a message port can
 * post it as it is, without first copying a part of something larger. What doesn't change from frame to frame is written
 * once.
 */
export class FrameWriter {
  readonly #runKey: RunKey;
  #plain = NO_FORM;
  #trailed = NO_FORM;

  constructor(runKey: RunKey) {
    this.#runKey = runKey;
  }

  /** The bytes hold until the next frame is written. */
  write(type: FrameType, sequence: number, payload: Uint8Array, stamping: Stamping = null): Uint8Array {
    const trailed = stamping !== null && stamping !== 'ask';
    let form = trailed ? this.#trailed : this.#plain;
    if (form.payloadBytes !== payload.byteLength) {
      form = this.#newForm(payload.byteLength, trailed ? STAMP_TRAILER_BYTES : 0);
      if (trailed) this.#trailed = form;
      else this.#plain = form;
    }
    const kind = stamping === null ? FRAME_TYPES[type] : FRAME_TYPES[type] | STAMPED;
    writeRest(form.frame, kind, sequence, payload, form.fixedSum);
    if (trailed) writeStamps(form.frame, FRAME_HEADER_BYTES + payload.byteLength, stamping);
    return form.frame;
  }

  #newForm(payloadBytes: number, trailerBytes: number): Form {
    const frame = new Uint8Array(FRAME_HEADER_BYTES + payloadBytes + trailerBytes);
    writeFixedPart(frame, this.#runKey, payloadBytes);
    return { frame, payloadBytes, fixedSum: sumOfFixedPart(this.#runKey, payloadBytes) };
  }
}

/** A frame with what doesn't change in it, for payloads of one length. */
interface Form {
  frame: Uint8Array;
  payloadBytes: number;
  /** Of the words that don't change. */
  fixedSum: number;
}

const NO_FORM: Form = { frame: new Uint8Array(0), payloadBytes: -1, fixedSum: 0 };

/** What is the same in every frame of a run that has a payload of so many bytes. */
function writeFixedPart(into: Uint8Array, runKey: RunKey, length: number): void {
  writeUint32(into, 0, MAGIC);
  into[VERSION_AT] = FRAME_VERSION;
  into.set(runKey, RUN_KEY_AT);
  writeUint32(into, LENGTH_AT, length);
}

function writeRest(into: Uint8Array, kind: number, sequence: number, payload: Uint8Array, fixedSum: number): void {
  into[TYPE_AT] = kind;
  writeUint32(into, SEQUENCE_AT, sequence);
  writeChecksum(into, fixedSum + (kind << 8) + (sequence & 0xffff) + (sequence >>> 16));
  if (payload.byteLength > 0) into.set(payload, FRAME_HEADER_BYTES);
}

/** The words of what `writeFixedPart` writes, added. */
function sumOfFixedPart(runKey: RunKey, length: number): number {
  return (
    wordsOf(MAGIC) + FRAME_VERSION + wordsOf(readUint32(runKey, 0)) + wordsOf(readUint32(runKey, 4)) + wordsOf(length)
  );
}

/** The two 16-bit words of a 32-bit number, added. */
function wordsOf(value: number): number {
  return (value & 0xffff) + (value >>> 16);
}

/** `sum` is that of the eleven other words; a ones' complement sum is the remainder modulo 0xffff. */
function writeChecksum(into: Uint8Array, sum: number): void {
  const checksum = (0xffff - (sum % 0xffff)) % 0xffff;
  into[CHECKSUM_AT] = checksum;
  into[CHECKSUM_AT + 1] = checksum >>> 8;
}

/** Makes an encoded ping its own pong, in place, for where the ping itself comes back. Does nothing to anything else. */
export function turnIntoPong(bytes: Uint8Array): void {
  const kind = bytes[TYPE_AT] as number;
  if ((kind & ~STAMPED) !== FRAME_TYPES.ping || bytes.byteLength < FRAME_HEADER_BYTES) return;
  bytes[TYPE_AT] = FRAME_TYPES.pong;
  // What the type has gained the checksum loses, so that a wrong one stays wrong (RFC 1624).
  const checksum = (bytes[CHECKSUM_AT] as number) | ((bytes[CHECKSUM_AT + 1] as number) << 8);
  writeChecksum(bytes, (~checksum & 0xffff) + 0xffff + ((FRAME_TYPES.pong - kind) << 8));
}

/**
 * Reads frames of one run that fill their bytes exactly. The payload is a view into the bytes, not a copy. What it gives
 * back never throws.
 */
export function frameReader(runKey: RunKey, maxPayloadBytes: number): (bytes: Uint8Array) => Decoded {
  const wanted = wantedHeader(runKey, maxPayloadBytes);
  return (bytes) => {
    const rejection = rejectionOf(bytes, wanted);
    return rejection === null ? { ok: true, frame: frameAt(bytes, 0) } : { ok: false, rejection };
  };
}

function rejectionOf(bytes: Uint8Array, wanted: WantedHeader): FrameRejection | null {
  if (bytes.byteLength < FRAME_HEADER_BYTES) return 'truncated';
  const rejection = headerRejection(bytes, 0, wanted);
  if (rejection !== null) return rejection;
  const missing = frameBytes(bytes, 0) - bytes.byteLength;
  if (missing === 0) return null;
  return missing > 0 ? 'truncated' : 'length';
}

/** A sound header's frame, which is whole. */
function frameAt(bytes: Uint8Array, at: number): Frame {
  const kind = bytes[at + TYPE_AT] as number;
  const sequence = readUint32(bytes, at + SEQUENCE_AT);
  const end = at + FRAME_HEADER_BYTES + readUint32(bytes, at + LENGTH_AT);
  const payload = bytes.subarray(at + FRAME_HEADER_BYTES, end);
  if (kind === FRAME_TYPES.ping) return { type: 'ping', sequence, payload };
  if (kind === FRAME_TYPES.pong) return { type: 'pong', sequence, payload };
  return kind === STAMPED_PONG
    ? { type: 'pong', sequence, payload, stamps: readStamps(bytes, end) }
    : { type: 'ping', sequence, payload, asksForStamps: true };
}

/** Length of the whole frame that a sound header begins. */
function frameBytes(bytes: Uint8Array, at: number): number {
  const length = FRAME_HEADER_BYTES + readUint32(bytes, at + LENGTH_AT);
  return bytes[at + TYPE_AT] === STAMPED_PONG ? length + STAMP_TRAILER_BYTES : length;
}

/** What a header of a run has in it, ready to compare. */
interface WantedHeader {
  /** The run key in words of 16 bits. */
  key: readonly [number, number, number, number];
  maxPayloadBytes: number;
}

function wantedHeader(runKey: RunKey, maxPayloadBytes: number): WantedHeader {
  return {
    key: [readUint16(runKey, 0), readUint16(runKey, 2), readUint16(runKey, 4), readUint16(runKey, 6)],
    maxPayloadBytes,
  };
}

/**
 * What is wrong with the header at `at`, or null. In words of 16 bits, which the checksum is of, and without a view, an
 * object or a large number for each frame: much of a short run goes by before the engine optimises any of it.
 */
function headerRejection(bytes: Uint8Array, at: number, wanted: WantedHeader): FrameRejection | null {
  const magicLow = readUint16(bytes, at);
  const magicHigh = readUint16(bytes, at + 2);
  if (magicLow !== MAGIC_LOW || magicHigh !== MAGIC_HIGH) return 'magic';
  const kind = readUint16(bytes, at + VERSION_AT);
  if ((kind & 0xff) !== FRAME_VERSION) return 'version';
  const key0 = readUint16(bytes, at + RUN_KEY_AT);
  const key1 = readUint16(bytes, at + RUN_KEY_AT + 2);
  const key2 = readUint16(bytes, at + RUN_KEY_AT + 4);
  const key3 = readUint16(bytes, at + RUN_KEY_AT + 6);
  const lengthLow = readUint16(bytes, at + LENGTH_AT);
  const lengthHigh = readUint16(bytes, at + LENGTH_AT + 2);
  const sum =
    MAGIC_LOW +
    MAGIC_HIGH +
    kind +
    readUint16(bytes, at + CHECKSUM_AT) +
    readUint16(bytes, at + SEQUENCE_AT) +
    readUint16(bytes, at + SEQUENCE_AT + 2) +
    key0 +
    key1 +
    key2 +
    key3 +
    lengthLow +
    lengthHigh;
  if (sum % 0xffff !== 0) return 'checksum';
  const type = (kind >>> 8) & ~STAMPED;
  if (type !== FRAME_TYPES.ping && type !== FRAME_TYPES.pong) return 'type';
  const room = kind >>> 8 === STAMPED_PONG ? wanted.maxPayloadBytes - STAMP_TRAILER_BYTES : wanted.maxPayloadBytes;
  if (lengthHigh * 0x10000 + lengthLow > room) return 'length';
  const { key } = wanted;
  return key0 === key[0] && key1 === key[1] && key2 === key[2] && key3 === key[3] ? null : 'foreign';
}

function readUint16(bytes: Uint8Array, at: number): number {
  return (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
}

/** The pace at which `StreamDeframer.tick` is to be called. */
export const FRAME_TICK_MS = 50;
/**
 * The ticks that an incomplete frame is waited for when others seem to follow it: 200 ms, far less than the time limit of
 * a ping, so that the frames behind a false header are late and not lost.
 */
const TICKS_TO_COMPLETE = 4;

/**
 * Cuts a byte stream into frames. After bytes that are no frame it looks for the next magic and goes on there;
 * each run of such bytes is reported once. Holds at most one frame, and copies every byte at most twice, however
 * small the pieces in which a large frame comes.
 *
 * A header may be sound and yet nobody's: an injected copy of an earlier one takes the frames that follow for its
 * payload. So a frame that doesn't get complete in time, while another header of this run came behind it, is dropped and
 * reported as `truncated` (or `foreign`), and reading goes on at that header. Without one behind it nothing is held up:
 * its sender may be hung, and sends the rest when it isn't any more. Time is counted in `tick`s: while this process
 * itself stands still none comes, and what waits unread in the kernel is not held against the sender.
 */
export class StreamDeframer {
  readonly #wanted: WantedHeader;
  readonly #onFrame: (frame: Frame) => void;
  readonly #onRejection: (rejection: FrameRejection) => void;
  /** What came of a frame that isn't whole yet: the first `#heldBytes` of this. */
  #buffer: Uint8Array = new Uint8Array(0);
  #heldBytes = 0;
  /** Where what is held begins in the whole stream. */
  #heldAt = 0;
  #lost = false;
  /** Up to where in the stream there is no sound header behind the one that is waited for. */
  #searchedTo = 0;
  /** How far the stream had come at each of the last ticks, the oldest first. */
  readonly #ticks: number[] = [];

  /** Payloads given to `onFrame` are views that hold only until it returns. */
  constructor(
    runKey: RunKey,
    maxPayloadBytes: number,
    onFrame: (frame: Frame) => void,
    onRejection: (rejection: FrameRejection) => void,
  ) {
    this.#wanted = wantedHeader(runKey, maxPayloadBytes);
    this.#onFrame = onFrame;
    this.#onRejection = onRejection;
  }

  /** Whether the rest of a frame is waited for: then `tick` has to be called. */
  get waiting(): boolean {
    return this.#heldBytes >= FRAME_HEADER_BYTES;
  }

  push(chunk: Uint8Array): void {
    if (this.#heldBytes === 0) {
      const used = this.#cut(chunk, 0);
      this.#heldAt += used;
      if (used < chunk.byteLength) this.#append(chunk.subarray(used));
      return;
    }
    this.#append(chunk);
    this.#cutHeld(0);
  }

  /** Drops what has been incomplete for too long. To be called every `FRAME_TICK_MS` while `waiting`. */
  tick(): void {
    this.#ticks.push(this.#heldAt + this.#heldBytes);
    if (this.#ticks.length > TICKS_TO_COMPLETE) this.#cutHeld(this.#ticks.shift() as number);
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

  #cutHeld(overdueTo: number): void {
    const used = this.#cut(this.#buffer.subarray(0, this.#heldBytes), overdueTo);
    this.#buffer.copyWithin(0, used, this.#heldBytes);
    this.#heldBytes -= used;
    this.#heldAt += used;
  }

  /** Where, behind the header at `at`, the next sound one of this run begins; -1 when there is none. */
  #nextHeader(bytes: Uint8Array, at: number): number {
    // What was searched at an earlier tick isn't searched again.
    let next = nextMagic(bytes, Math.max(at + 1, this.#searchedTo - this.#heldAt));
    for (; next <= bytes.byteLength - FRAME_HEADER_BYTES; next = nextMagic(bytes, next + 1)) {
      if (headerRejection(bytes, next, this.#wanted) === null) return next;
    }
    this.#searchedTo = this.#heldAt + next;
    return -1;
  }

  /**
   * Gives out the whole frames in `bytes`, which begin at `#heldAt`, and says how many bytes are done with. A frame whose
   * header came before the place `overdueTo` of the stream isn't waited for any more.
   */
  #cut(bytes: Uint8Array, overdueTo: number): number {
    let at = 0;
    while (bytes.byteLength - at >= FRAME_HEADER_BYTES) {
      const rejection = headerRejection(bytes, at, this.#wanted);
      if (rejection !== null && rejection !== 'foreign') {
        if (!this.#lost) this.#onRejection(rejection);
        this.#lost = true;
        at = nextMagic(bytes, at + 1);
        continue;
      }
      const end = at + frameBytes(bytes, at);
      if (bytes.byteLength < end) {
        if (this.#heldAt + at + FRAME_HEADER_BYTES > overdueTo) break;
        const next = this.#nextHeader(bytes, at);
        if (next === -1) break;
        this.#onRejection(rejection ?? 'truncated');
        at = next;
        continue;
      }
      this.#lost = false;
      // A sound header of another run: its length can be trusted, so the whole frame is skipped.
      if (rejection === null) this.#onFrame(frameAt(bytes, at));
      else this.#onRejection(rejection);
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
