import type { PubsubMessage, PullStream, StreamingPullResponse, SubscriptionWire } from './protocol';

/** Messages in one answer of a stream. */
const MAX_BATCH = 100;
/** What a stream that names no limits may have without acknowledgement. */
const DEFAULT_MOST = { messages: 1_000, bytes: 100 * 1024 * 1024 };

interface Lease {
  message: PubsubMessage;
  ackId: string;
  deadlineMs: number;
  /** Null once that has gone: the lease runs on without it. */
  stream: Stream | null;
}

/** One subscriber's stream and what it has without acknowledgement. */
interface Stream {
  call: PullStream;
  ackDeadlineMs: number;
  most: { messages: number; bytes: number };
  held: { messages: number; bytes: number };
  /** Its reader is slow: nothing is written until what is has gone out. */
  full: boolean;
}

/** A subscription's messages: each waits, or is leased to a stream until it is acknowledged or its deadline passes. */
export class Subscription {
  readonly wire: SubscriptionWire;
  readonly #held = new Map<string, PubsubMessage>();
  readonly #leases = new Map<string, Lease>();
  readonly #streams = new Set<Stream>();
  /** Message ids, the first to come first; those that were acknowledged meanwhile are passed over. */
  #waiting: string[] = [];
  #next = 0;
  /** Given back: they go first. */
  #again: string[] = [];
  #attempts = 0;

  constructor(wire: SubscriptionWire) {
    this.wire = wire;
  }

  /** What isn't acknowledged yet. */
  get messages(): Iterable<PubsubMessage> {
    return this.#held.values();
  }

  get backlog(): number {
    return this.#held.size;
  }

  add(message: PubsubMessage): void {
    this.#held.set(message.messageId, message);
    this.#waiting.push(message.messageId);
  }

  open(call: PullStream, settings: { ackDeadlineSeconds: number; messages: number; bytes: number }): Stream {
    const stream: Stream = {
      call,
      ackDeadlineMs: settings.ackDeadlineSeconds * 1_000,
      most: {
        messages: settings.messages > 0 ? settings.messages : DEFAULT_MOST.messages,
        bytes: settings.bytes > 0 ? settings.bytes : DEFAULT_MOST.bytes,
      },
      held: { messages: 0, bytes: 0 },
      full: false,
    };
    this.#streams.add(stream);
    call.on('drain', () => {
      stream.full = false;
      this.pump();
    });
    return stream;
  }

  /** What it has stays leased until its deadlines pass. */
  leave(stream: Stream): void {
    this.#streams.delete(stream);
    for (const lease of this.#leases.values()) if (lease.stream === stream) lease.stream = null;
  }

  endStreams(error: Error): void {
    for (const { call } of this.#streams) call.emit('error', error);
  }

  /** Hands on what waits to whoever has room. */
  pump(): void {
    for (const stream of this.#streams) {
      while (!stream.full) {
        const received = this.#take(stream);
        if (received.length === 0) break;
        stream.full = !stream.call.write({ receivedMessages: received });
      }
    }
  }

  /** The ids of the messages that are done with by this. Also an acknowledgement after the deadline counts. */
  acknowledge(ackIds: readonly string[]): PubsubMessage[] {
    const done = ackIds.flatMap((ackId) => {
      this.#release(ackId);
      const id = ackId.slice(0, ackId.indexOf('-'));
      const message = this.#held.get(id);
      this.#held.delete(id);
      return message ?? [];
    });
    this.pump();
    return done;
  }

  /** 0 gives the message back at once. */
  modifyDeadline(ackIds: readonly string[], seconds: number): void {
    for (const ackId of ackIds) {
      const lease = this.#leases.get(ackId);
      if (lease === undefined) continue;
      if (seconds > 0) lease.deadlineMs = performance.now() + seconds * 1_000;
      else this.#giveBack(lease);
    }
    this.pump();
  }

  expire(): void {
    const now = performance.now();
    for (const lease of this.#leases.values()) if (lease.deadlineMs <= now) this.#giveBack(lease);
    this.pump();
  }

  #take(stream: Stream): StreamingPullResponse['receivedMessages'] {
    const received: StreamingPullResponse['receivedMessages'] = [];
    while (
      received.length < MAX_BATCH &&
      stream.held.messages < stream.most.messages &&
      stream.held.bytes < stream.most.bytes
    ) {
      const message = this.#nextWaiting();
      if (message === undefined) break;
      this.#attempts += 1;
      const ackId = `${message.messageId}-${this.#attempts}`;
      const deadlineMs = performance.now() + stream.ackDeadlineMs;
      this.#leases.set(ackId, { message, ackId, deadlineMs, stream });
      stream.held.messages += 1;
      stream.held.bytes += message.data.length;
      received.push({ ackId, message, deliveryAttempt: 0 });
    }
    return received;
  }

  #nextWaiting(): PubsubMessage | undefined {
    for (;;) {
      const id = this.#again.pop() ?? this.#waiting[this.#next++];
      if (id === undefined) {
        this.#waiting = [];
        this.#next = 0;
        return undefined;
      }
      // The front of the list is given up in pieces: to shift each would move all the others.
      if (this.#next > 10_000) {
        this.#waiting.splice(0, this.#next);
        this.#next = 0;
      }
      const message = this.#held.get(id);
      if (message !== undefined) return message;
    }
  }

  #giveBack(lease: Lease): void {
    this.#release(lease.ackId);
    this.#again.push(lease.message.messageId);
  }

  #release(ackId: string): void {
    const lease = this.#leases.get(ackId);
    if (lease === undefined) return;
    this.#leases.delete(ackId);
    if (lease.stream === null) return;
    lease.stream.held.messages -= 1;
    lease.stream.held.bytes -= lease.message.data.length;
  }
}
