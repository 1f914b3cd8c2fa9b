import { unlinkSync } from 'node:fs';
import { Emitter, type Unsubscribe } from '../../shared/emitter';
import type { SendOutcome } from '../../shared/measure/probe';
import { MessageError, say } from '../../shared/messages/message';
import { checkSocketPath } from '../socket-path';
import { DGRAM_ERROR, dgramErrorName, loadUnixDgram, type RawDgramSocket } from './addon';

/** The package reads at most this much of a datagram and drops the rest silently. */
export const MAX_DATAGRAM_BYTES = 64 * 1024;
/** Datagrams that wait for a full peer. The kernel itself often queues no more than 10 (net.unix.max_dgram_qlen). */
const MAX_QUEUED = 256;

/**
 * The only user of the unix-dgram package, and the place of its guards: a second close (which aborts the process),
 * paths and datagrams that would be cut, error events without a listener, and congestion.
 */
export class DgramSocket {
  readonly #raw: RawDgramSocket;
  readonly #messages = new Emitter<Uint8Array>();
  readonly #queue: Buffer[] = [];
  #open = true;
  #connected = false;
  #boundPath: string | null = null;
  #failure: (Error & { code: number }) | null = null;

  /** @throws Error when the addon isn't available or the process is out of descriptors. */
  constructor() {
    const loaded = loadUnixDgram();
    if ('reason' in loaded) throw new MessageError(loaded.reason);
    this.#raw = loaded.package.createSocket('unix_dgram');
    // Without a listener the package's error events would be thrown out of bind, connect and send.
    this.#raw.on('error', (error) => {
      this.#failure = error;
    });
    this.#raw.on('message', (buffer) => {
      if (this.#open) this.#messages.emit(buffer);
    });
    this.#raw.on('writable', () => this.#flush());
  }

  /** Receives at `path`, which must not exist. The file is removed by `close`. */
  bind(path: string): void {
    checkSocketPath(path);
    this.#must('transport.not-bound', path, () => this.#raw.bind(path));
    this.#boundPath = path;
  }

  /** From now on sends go to `path`, and the kernel lets only that socket send here. */
  connect(path: string): void {
    checkSocketPath(path);
    this.#must('transport.not-connected', path, () => this.#raw.connect(path));
    this.#connected = true;
  }

  onMessage(listener: (bytes: Uint8Array) => void): Unsubscribe {
    return this.#messages.on(listener);
  }

  /** Sends on a connected socket. When the peer's queue is full, waits in a bounded queue of this socket's own. */
  send(bytes: Uint8Array): SendOutcome {
    if (!this.#open || !this.#connected) return 'closed';
    checkSize(bytes);
    if (this.#queue.length > 0) return this.#enqueue(bytes);
    let code = 0;
    this.#raw.send(asBuffer(bytes), (error) => {
      code = error?.code ?? 0;
    });
    return code === DGRAM_ERROR.congestion ? this.#enqueue(bytes) : outcomeOf(code);
  }

  /** Sends on a socket that is not connected. A full queue at the other end refuses; there is no wake-up for it. */
  sendTo(bytes: Uint8Array, path: string): SendOutcome {
    if (!this.#open) return 'closed';
    checkSize(bytes);
    let code = 0;
    this.#raw.send(asBuffer(bytes), 0, bytes.byteLength, path, (error) => {
      code = error?.code ?? 0;
    });
    return outcomeOf(code);
  }

  /** Closes once and removes the bound path. A second call does nothing (in the package it would abort the process). */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#queue.length = 0;
    this.#messages.clear();
    this.#raw.close();
    if (this.#boundPath !== null) removeIfThere(this.#boundPath);
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #enqueue(bytes: Uint8Array): SendOutcome {
    if (this.#queue.length >= MAX_QUEUED) return 'refused';
    this.#queue.push(Buffer.from(bytes));
    return 'sent';
  }

  #flush(): void {
    while (this.#open && this.#queue.length > 0) {
      let code = 0;
      this.#raw.send(this.#queue[0] as Buffer, (error) => {
        code = error?.code ?? 0;
      });
      // Congested again: the package watches for the next writable by itself.
      if (code === DGRAM_ERROR.congestion) return;
      this.#queue.shift();
    }
  }

  #must(code: 'transport.not-bound' | 'transport.not-connected', path: string, call: () => void): void {
    this.#failure = null;
    call();
    const failure = this.#failure as (Error & { code: number }) | null;
    if (failure !== null) {
      throw new MessageError(say(code, { path, cause: dgramErrorName(failure.code) }));
    }
  }
}

function outcomeOf(code: number): SendOutcome {
  if (code === 0) return 'sent';
  const full: readonly number[] = [DGRAM_ERROR.again, DGRAM_ERROR.noBuffers, DGRAM_ERROR.congestion];
  return full.includes(code) ? 'refused' : 'closed';
}

function checkSize(bytes: Uint8Array): void {
  if (bytes.byteLength > MAX_DATAGRAM_BYTES) {
    throw new RangeError(
      `A datagram of ${bytes.byteLength} bytes would be cut at ${MAX_DATAGRAM_BYTES}. Send less, or in parts.`,
    );
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function removeIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // The peer, or the clean-up of the run directory, was faster.
  }
}
