import {
  AckPolicy,
  type ConsumerMessages,
  DiscardPolicy,
  jetstream,
  jetstreamManager,
  type JsMsg,
  RetentionPolicy,
  StorageType,
} from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { decodeMessage, encodeMessage } from '../../shared/routes/message';
import type { Consumer, ConsumerOptions, Deliver, Publisher, PublisherOptions } from '../route';
import { NatsLink } from './connection';

/** JetStream: the server keeps each message in a file until the subscriber has acknowledged it. */

const STREAM = 'BULKHEAD';
/** Not core's: a stream takes whatever is published to its subjects. */
const SUBJECT = 'request_subject.stored';
const DURABLE = 'subscriber';
/** A full stream refuses, instead of dropping its oldest or filling the disk. */
const MAX_STREAM_BYTES = 1024 ** 3;
/** What isn't acknowledged by then is delivered again, ns. */
const ACK_WAIT_NS = 10e9;
const AGAIN_AFTER_MS = 500;

async function makeStream(connection: NatsConnection): Promise<void> {
  const manager = await jetstreamManager(connection);
  await manager.streams.add({
    name: STREAM,
    subjects: [SUBJECT],
    storage: StorageType.File,
    // Gone once acknowledged.
    retention: RetentionPolicy.Workqueue,
    discard: DiscardPolicy.New,
    max_bytes: MAX_STREAM_BYTES,
  });
}

export function publishJetStream({ url, timeoutMs }: PublisherOptions): Publisher {
  const link = new NatsLink(url, makeStream);
  return {
    away: () => link.away,
    async publish(message) {
      if (link.connection === null || link.away !== null)
        return { status: 'refused', reason: link.away ?? 'NATS is away.' };
      try {
        await jetstream(link.connection).publish(SUBJECT, encodeMessage(message), { timeout: timeoutMs });
        return { status: 'accepted' };
      } catch (error) {
        const reason = `JetStream: ${(error as Error).message}`;
        // An error of the API is the server's word that it did not store it; without a word it may have.
        return { status: (error as Error).name === 'JetStreamApiError' ? 'refused' : 'unconfirmed', reason };
      }
    },
    async queueDepth() {
      if (link.connection === null || link.away !== null) return null;
      const manager = await jetstreamManager(link.connection, { checkAPI: false });
      // What is acknowledged is gone from the stream, so all that is in it waits.
      return (await manager.streams.info(STREAM)).state.messages;
    },
    close: () => link.close(),
  };
}

export async function consumeJetStream(options: ConsumerOptions, deliver: Deliver): Promise<Consumer> {
  const { url, maxInFlight, report } = options;

  async function handOn(taken: JsMsg): Promise<void> {
    const message = decodeMessage(taken.string());
    if (message === null) {
      report({ kind: 'foreign' });
      taken.term();
      return;
    }
    const outcome = await deliver(message);
    if (outcome.status === 'delivered') {
      taken.ack();
      return;
    }
    report({ kind: 'returned', reason: outcome.reason });
    taken.nak(AGAIN_AFTER_MS);
  }

  const link = new NatsLink(
    url,
    async (connection) => {
      await makeStream(connection);
      const manager = await jetstreamManager(connection);
      await manager.consumers.add(STREAM, {
        durable_name: DURABLE,
        ack_policy: AckPolicy.Explicit,
        ack_wait: ACK_WAIT_NS,
        max_ack_pending: maxInFlight,
      });
    },
    (away) => report({ kind: 'connection', away }),
  );
  const connection = await link.whenThere();
  const consumer = await jetstream(connection).consumers.get(STREAM, DURABLE);
  const messages: ConsumerMessages = await consumer.consume({
    max_messages: Math.max(2, maxInFlight),
    callback: (taken) => void handOn(taken),
  });
  return {
    url,
    async close() {
      messages.stop();
      await link.close();
    },
  };
}
