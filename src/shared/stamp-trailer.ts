import { readUint32, writeUint32 } from './little-endian';

/**
 * What a pong tells of its way through the peer, behind its payload, little-endian. Times are nanoseconds on the
 * recording's clock; all ones where one wasn't seen.
 *
 * | offset | bytes | field |
 * |---|---|---|
 * | 0 | 8 | when the peer's thread had the ping |
 * | 8 | 8 | when the peer's JavaScript had it |
 * | 16 | 8 | when it had its answer |
 * | 24 | 8 | when the call returned that sent the pong before: a pong can't know its own |
 * | 32 | 4 | sequence number of that pong |
 * | 36 | 4 | how far all of these may be off, nanoseconds; 0 on the same clock |
 */

export const STAMP_TRAILER_BYTES = 40;

const TOOK_AT = 8;
const ANSWERED_AT = 16;
const EARLIER_AT = 24;
const EARLIER_SEQUENCE_AT = 32;
const ERROR_AT = 36;
const NOT_SEEN = 0xffff_ffff;

/** NaN where it wasn't seen. */
export interface PeerStamps {
  readNs: number;
  tookNs: number;
  answeredNs: number;
  earlierWroteNs: number;
  earlierSequence: number;
  errorNs: number;
}

export function writeStamps(into: Uint8Array, at: number, stamps: PeerStamps): void {
  writeNs(into, at, stamps.readNs);
  writeNs(into, at + TOOK_AT, stamps.tookNs);
  writeNs(into, at + ANSWERED_AT, stamps.answeredNs);
  writeNs(into, at + EARLIER_AT, stamps.earlierWroteNs);
  writeUint32(into, at + EARLIER_SEQUENCE_AT, stamps.earlierSequence);
  writeUint32(into, at + ERROR_AT, Math.min(stamps.errorNs, NOT_SEEN));
}

/** Whatever the bytes are; `areSound` says whether they can be true. */
export function readStamps(bytes: Uint8Array, at: number): PeerStamps {
  return {
    readNs: readNs(bytes, at),
    tookNs: readNs(bytes, at + TOOK_AT),
    answeredNs: readNs(bytes, at + ANSWERED_AT),
    earlierWroteNs: readNs(bytes, at + EARLIER_AT),
    earlierSequence: readUint32(bytes, at + EARLIER_SEQUENCE_AT),
    errorNs: readUint32(bytes, at + ERROR_AT),
  };
}

/** Whether what a peer says can be: in order, and between the ping's send and its answer, give or take the error. */
export function areSound(stamps: PeerStamps, sentNs: number, doneNs: number): boolean {
  const { tookNs, answeredNs, errorNs } = stamps;
  const readNs = Number.isNaN(stamps.readNs) ? tookNs : stamps.readNs;
  return readNs >= sentNs - errorNs && tookNs >= readNs && answeredNs >= tookNs && answeredNs <= doneNs + errorNs;
}

function writeNs(into: Uint8Array, at: number, ns: number): void {
  if (Number.isNaN(ns)) {
    writeUint32(into, at, NOT_SEEN);
    writeUint32(into, at + 4, NOT_SEEN);
    return;
  }
  writeUint32(into, at, ns >>> 0);
  writeUint32(into, at + 4, Math.floor(ns / 0x1_0000_0000));
}

function readNs(bytes: Uint8Array, at: number): number {
  const high = readUint32(bytes, at + 4);
  return high === NOT_SEEN ? Number.NaN : high * 0x1_0000_0000 + readUint32(bytes, at);
}
