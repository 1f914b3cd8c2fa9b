import { setTimeout as delay } from 'node:timers/promises';
import type { SendOutcome } from '../../src/shared/measure/probe';
import type { Channel } from '../../src/transports/channel';
import { until } from './wait';

/** Sends pings by hand and keeps every pong that comes back. */
export class EchoClient {
  readonly channel: Channel;
  /** Pongs in the order in which they came. */
  readonly arrived: Array<{ sequence: number; payload: Uint8Array }> = [];
  readonly #bySequence = new Map<number, Uint8Array>();
  #next = 0;

  constructor(channel: Channel) {
    this.channel = channel;
    channel.onFrame(({ type, sequence, payload }) => {
      if (type !== 'pong') return;
      const copy = new Uint8Array(payload);
      this.arrived.push({ sequence, payload: copy });
      this.#bySequence.set(sequence, copy);
    });
  }

  get sequences(): number[] {
    return this.arrived.map(({ sequence }) => sequence);
  }

  pongOf(sequence: number): Uint8Array | undefined {
    return this.#bySequence.get(sequence);
  }

  /** One attempt. Sequence numbers are used up by accepted pings only. */
  offer(payload: Uint8Array): { outcome: SendOutcome; sequence: number } {
    const sequence = this.#next;
    const outcome = this.channel.sendPing(sequence, payload);
    if (outcome === 'sent') this.#next += 1;
    return { outcome, sequence };
  }

  /** Sends, waiting while the transport has no room. Resolves to the sequence number. */
  async send(payload: Uint8Array): Promise<number> {
    let sent = this.offer(payload);
    await until(() => {
      if (sent.outcome === 'refused') sent = this.offer(payload);
      return sent.outcome !== 'refused';
    }, 'the transport has room for one more frame');
    if (sent.outcome === 'closed') throw new Error('the channel says that it is closed');
    return sent.sequence;
  }

  /** Sends and waits for the pong. */
  async echo(payload: Uint8Array): Promise<Uint8Array> {
    const sequence = await this.send(payload);
    await until(() => this.#bySequence.has(sequence), `ping ${sequence} with ${payload.byteLength} bytes is answered`);
    return this.#bySequence.get(sequence) as Uint8Array;
  }

  /**
   * Waits until everything sent before is answered or lost: on an ordered transport that is so when a ping sent
   * afterwards is answered. Where pings can be lost, this one is sent again now and then.
   */
  async settle(): Promise<void> {
    const fences = new Set<number>();
    let triedMs = Number.NEGATIVE_INFINITY;
    await until(() => {
      if (performance.now() - triedMs > 250) {
        triedMs = performance.now();
        const { outcome, sequence } = this.offer(new Uint8Array(1));
        if (outcome === 'sent') fences.add(sequence);
      }
      return [...fences].some((sequence) => this.#bySequence.has(sequence));
    }, 'a ping after the others is answered');
    // Other fences may still be on their way: let them come.
    if (fences.size > 1) await delay(250);
  }
}

/** Bytes that differ from place to place and from seed to seed. */
export function payloadOf(bytes: number, seed = 0): Uint8Array {
  const payload = new Uint8Array(bytes);
  let state = (seed * 2654435761 + 12345) >>> 0;
  for (let i = 0; i < bytes; i += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    payload[i] = state >>> 24;
  }
  return payload;
}
