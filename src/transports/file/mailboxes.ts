import { ftruncateSync, readSync, writeSync } from 'node:fs';
import type { SendOutcome } from '../../shared/measure/probe';
import { MessageError, say } from '../../shared/messages/message';

/**
 * Two shared files, one for each direction; each is written by one side only. Little-endian:
 *
 * | offset | bytes | field |
 * |---|---|---|
 * | 0 | 4 | bytes of messages that the owner has ever put in, modulo 2³² |
 * | 4 | 4 | bytes of messages that the owner has ever taken out of the other file, modulo 2³² |
 * | 64 | 4 MiB | the messages, round and round: length (4 bytes), then so many bytes |
 *
 * A message is written before the count that announces it, and the page cache shows both in that order. The kernel copies
 * an aligned word at once, so a count is never seen half.
 */
const HEADER_BYTES = 8;
const MESSAGES_AT = 64;
const ROOM_BYTES = 4 * 1024 * 1024;
const LENGTH_BYTES = 4;
/** The owner's count of what it took goes along with its messages; without any, it is told this often. */
const TELL_TAKEN_BYTES = ROOM_BYTES / 4;
/** How much is read at once, unless one message is longer. */
const READ_BYTES = 64 * 1024;

/** Gives a new, empty file its size. It is sparse: only what is used takes up room. */
export function layOutMailbox(fd: number): void {
  ftruncateSync(fd, MESSAGES_AT + ROOM_BYTES);
}

/** One side's view of both files. Reads and writes at positions only, and never waits: who waits, and how, is the link's. */
export class Mailboxes {
  readonly #own: number;
  readonly #other: number;
  readonly #maxMessageBytes: number;
  readonly #header = Buffer.alloc(HEADER_BYTES);
  readonly #otherHeader = Buffer.alloc(HEADER_BYTES);
  #outgoing = Buffer.alloc(4096);
  #incoming = Buffer.alloc(READ_BYTES);
  #put = 0;
  #taken = 0;
  #toldTaken = 0;
  #otherTook = 0;

  /** @param own descriptor of the file that this side writes; `other` of the one that it only reads. */
  constructor(own: number, other: number, maxMessageBytes: number) {
    this.#own = own;
    this.#other = other;
    this.#maxMessageBytes = maxMessageBytes;
  }

  /** Puts a message in, or refuses it while there is no room. @throws Error when the file can't be written. */
  put(message: Uint8Array): SendOutcome {
    const total = LENGTH_BYTES + message.byteLength;
    if (!this.#hasRoom(total)) {
      this.#readOtherHeader();
      if (!this.#hasRoom(total)) return 'refused';
    }
    if (this.#outgoing.byteLength < total) this.#outgoing = Buffer.alloc(total);
    this.#outgoing.writeUInt32LE(message.byteLength, 0);
    this.#outgoing.set(message, LENGTH_BYTES);
    const at = this.#put % ROOM_BYTES;
    const first = Math.min(total, ROOM_BYTES - at);
    this.#write(this.#outgoing, 0, first, MESSAGES_AT + at);
    if (first < total) this.#write(this.#outgoing, first, total - first, MESSAGES_AT);
    this.#put = (this.#put + total) >>> 0;
    this.#announce();
    return 'sent';
  }

  /**
   * Takes every message out, also those that come meanwhile, and gives each to `onMessage`, valid until that returns.
   * `onMessage` may put messages in, and ends the taking by returning false. What can't be a message is given as an empty
   * one, and everything that was announced with it is passed over. @throws Error when a file can't be read or written.
   */
  take(onMessage: (message: Uint8Array) => boolean): void {
    for (let announced = this.#announced(); announced > 0; announced = this.#announced()) {
      const batch = announced > ROOM_BYTES ? null : this.#read(announced);
      if (batch === null) this.#taken = (this.#taken + announced) >>> 0;
      // Told along with the answers: by now the bytes are this side's.
      const messages = batch ?? [new Uint8Array(0)];
      for (const message of messages) if (!onMessage(message)) return;
      if ((this.#taken - this.#toldTaken) >>> 0 >= TELL_TAKEN_BYTES) this.#announce();
    }
  }

  #announced(): number {
    this.#readOtherHeader();
    return (this.#otherHeader.readUInt32LE(0) - this.#taken) >>> 0;
  }

  /** The messages that begin what is announced, as many as are read at once; null when the first can't be one. */
  #read(announced: number): Uint8Array[] | null {
    let held = this.#fetch(Math.min(announced, READ_BYTES));
    const firstTotal = LENGTH_BYTES + (held >= LENGTH_BYTES ? this.#incoming.readUInt32LE(0) : 0);
    if (firstTotal > announced || firstTotal > LENGTH_BYTES + this.#maxMessageBytes || held < LENGTH_BYTES) return null;
    if (firstTotal > held) held = this.#fetch(firstTotal);
    const messages: Uint8Array[] = [];
    let at = 0;
    while (held - at >= LENGTH_BYTES) {
      const end = at + LENGTH_BYTES + this.#incoming.readUInt32LE(at);
      if (end > held) break;
      messages.push(this.#incoming.subarray(at + LENGTH_BYTES, end));
      at = end;
    }
    this.#taken = (this.#taken + at) >>> 0;
    return messages;
  }

  /** Reads so many bytes from the oldest message on into the start of the buffer. */
  #fetch(bytes: number): number {
    if (this.#incoming.byteLength < bytes) this.#incoming = Buffer.alloc(bytes);
    const at = this.#taken % ROOM_BYTES;
    const first = Math.min(bytes, ROOM_BYTES - at);
    readWhole(this.#other, this.#incoming, 0, first, MESSAGES_AT + at);
    if (first < bytes) readWhole(this.#other, this.#incoming, first, bytes - first, MESSAGES_AT);
    return bytes;
  }

  #hasRoom(bytes: number): boolean {
    return ((this.#put - this.#otherTook) >>> 0) + bytes <= ROOM_BYTES;
  }

  #readOtherHeader(): void {
    readWhole(this.#other, this.#otherHeader, 0, HEADER_BYTES, 0);
    this.#otherTook = this.#otherHeader.readUInt32LE(4);
  }

  /** Both counts in one write, which also wakes the other side. */
  #announce(): void {
    this.#header.writeUInt32LE(this.#put, 0);
    this.#header.writeUInt32LE(this.#taken, 4);
    this.#write(this.#header, 0, HEADER_BYTES, 0);
    this.#toldTaken = this.#taken;
  }

  #write(from: Buffer, offset: number, length: number, position: number): void {
    const written = writeSync(this.#own, from, offset, length, position);
    if (written !== length) throw new MessageError(say('transport.partial-write', { written, bytes: length }));
  }
}

function readWhole(fd: number, into: Buffer, offset: number, length: number, position: number): void {
  const read = readSync(fd, into, offset, length, position);
  if (read !== length) throw new MessageError(say('transport.partial-read', { read, bytes: length }));
}
