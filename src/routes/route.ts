import type { RouteId } from '../shared/routes/route-catalog';
import type { RouteMessage } from '../shared/routes/message';
import type { ServerRecipe } from './server/recipe';

/**
 * A route takes messages from one process to another over a messaging system. It stands above the transports and knows
 * none of them: its client library has sockets of its own.
 *
 * Adding one: a row in `src/shared/routes/route-catalog.ts`, a folder here that exports a `Route`, a line in
 * `registry.ts`. Receiver, subscriber, generator and tests then know it.
 */
export interface Route {
  id: RouteId;
  /** The receiver's side. Connects by itself, and again after each loss, without end. */
  publish(options: PublisherOptions): Publisher;
  /** The subscriber's side; null where the receiver needs none because it hands messages to the collector itself. */
  consume: ((options: ConsumerOptions, deliver: Deliver) => Promise<Consumer>) | null;
  /** How to run the server between the two; null where there is none. */
  server: ServerRecipe | null;
}

export interface PublisherOptions {
  /** Where the system is: its server; the collector for `http`; the subscriber for `grpc`. */
  url: string;
  /** One of the route's modes in the catalogue. */
  mode: string;
  /** More than this many are never between `publish` and its outcome; whoever calls sees to it. */
  maxInFlight: number;
  /** After this long without an answer a message is unconfirmed, ms. */
  timeoutMs: number;
}

/**
 * What became of one message at the receiver. `refused`: it certainly did not go on. `unconfirmed`: it was handed over,
 * but the system's word for it is missing; it may arrive or not.
 */
export type PublishOutcome =
  | { status: 'accepted' }
  | { status: 'refused'; reason: string }
  | { status: 'unconfirmed'; reason: string };

export interface Publisher {
  /** Why nothing can be handed over at present, as a sentence; null when it can. */
  away(): string | null;
  /** Never rejects, and always settles: at the latest when the connection is given up. */
  publish(message: RouteMessage): Promise<PublishOutcome>;
  /**
   * How many messages the system holds for the subscriber; null while that isn't known. Asked beside the messages, never
   * for one of them; may reject. Without it the system doesn't tell.
   */
  queueDepth?: () => Promise<number | null>;
  close(): Promise<void>;
}

export interface ConsumerOptions {
  /** As for the publisher; for `grpc` the address to listen on. */
  url: string;
  mode: string;
  /** No more than this many are taken and not yet delivered. */
  maxInFlight: number;
  /** Something that is counted and shown rather than thrown. */
  report(event: ConsumerEvent): void;
}

export type ConsumerEvent =
  /** Not of ours, or damaged: taken off and left. */
  | { kind: 'foreign' }
  /** Lost here, because the route has no way to give it back. */
  | { kind: 'dropped'; reason: string }
  /** Given back, to be delivered again. */
  | { kind: 'returned'; reason: string }
  /** The connection to the system came or went; `away` says why. */
  | { kind: 'connection'; away: string | null };

/** `mayHaveArrived`: the collector's word is missing; without it the message certainly did not arrive. */
export type DeliverOutcome = { status: 'delivered' } | { status: 'failed'; reason: string; mayHaveArrived: boolean };
/** Hands one message to the collector, once. Never rejects. */
export type Deliver = (message: RouteMessage) => Promise<DeliverOutcome>;

export interface Consumer {
  /** Where the receiver finds the system; for `grpc` the address that was got. */
  url: string;
  /** Taken off and not yet acknowledged, where the publisher's `queueDepth` leaves these out. */
  held?: () => number;
  close(): Promise<void>;
}
