import type { Channel, ConfirmChannel } from 'amqplib';
import { decodeMessage, encodeMessage } from '../../shared/routes/message';
import type { Consumer, ConsumerOptions, Deliver, Publisher, PublisherOptions, PublishOutcome, Route } from '../route';
import { QUEUE, QUEUE_OPTIONS, RabbitLink } from './connection';
import { rabbitmqServer } from './server';

export const rabbitmqRoute: Route = { id: 'rabbitmq', publish, consume, server: rabbitmqServer };

const AGAIN_AFTER_MS = 500;

function publish({ url }: PublisherOptions): Publisher {
  let channel: ConfirmChannel | null = null;
  /** For questions: what goes wrong with one closes its channel. */
  let asking: Channel | null = null;
  /** Messages that no queue would take. RabbitMQ says so before it confirms them. */
  const unroutable = new Set<string>();
  const link = new RabbitLink(
    url,
    async (model) => {
      const made = await model.createConfirmChannel();
      made.on('error', () => undefined);
      made.on('close', () => {
        if (channel === made) channel = null;
      });
      made.on('return', ({ properties }) => unroutable.add(String(properties.messageId)));
      await made.assertQueue(QUEUE, QUEUE_OPTIONS);
      channel = made;
      asking = await model.createChannel();
      asking.on('error', () => undefined);
    },
    (away) => {
      if (away !== null) unroutable.clear();
    },
  );
  return {
    away: () => link.away,
    publish(message) {
      if (channel === null || link.away !== null)
        return Promise.resolve({ status: 'refused', reason: link.away ?? 'RabbitMQ is away.' });
      const messageId = `${message.run} ${message.number}`;
      return new Promise<PublishOutcome>((resolve) => {
        const open = channel as ConfirmChannel;
        const settle = (error: Error | null) => {
          if (error !== null) resolve(error.message === NACKED ? NOT_TAKEN : UNCONFIRMED);
          else resolve(unroutable.delete(messageId) ? NO_QUEUE : { status: 'accepted' });
        };
        try {
          const options = { persistent: true, mandatory: true, messageId, contentType: 'application/json' };
          open.publish('', QUEUE, Buffer.from(encodeMessage(message)), options, settle);
        } catch (error) {
          resolve({ status: 'refused', reason: `RabbitMQ: ${(error as Error).message}` });
        }
      });
    },
    async queueDepth() {
      if (asking === null || link.away !== null) return null;
      // What no subscriber has in hand yet.
      return (await asking.checkQueue(QUEUE)).messageCount;
    },
    close: () => link.close(),
  };
}

/** amqplib's words for RabbitMQ's no; any other error says that the channel has gone. */
const NACKED = 'message nacked';
const NOT_TAKEN: PublishOutcome = { status: 'refused', reason: 'RabbitMQ did not take it: its queue is full.' };
const NO_QUEUE: PublishOutcome = { status: 'refused', reason: 'RabbitMQ has no such queue any more.' };
const UNCONFIRMED: PublishOutcome = {
  status: 'unconfirmed',
  reason: 'The connection to RabbitMQ was lost before its confirmation came.',
};

async function consume({ url, maxInFlight, report }: ConsumerOptions, deliver: Deliver): Promise<Consumer> {
  let held = 0;

  async function take(channel: Channel): Promise<void> {
    let open = true;
    held = 0;
    channel.on('error', () => undefined);
    channel.on('close', () => {
      if (open) held = 0;
      open = false;
    });
    await channel.prefetch(maxInFlight);
    await channel.assertQueue(QUEUE, QUEUE_OPTIONS);
    await channel.consume(QUEUE, (taken) => {
      if (taken === null) return;
      const message = decodeMessage(taken.content.toString());
      if (message === null) {
        report({ kind: 'foreign' });
        channel.ack(taken);
        return;
      }
      held += 1;
      void deliver(message).then(async (outcome) => {
        if (outcome.status === 'failed') {
          report({ kind: 'returned', reason: outcome.reason });
          await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER_MS));
        }
        // What was taken over a channel that is gone belongs to the queue again already.
        if (!open) return;
        held -= 1;
        if (outcome.status === 'delivered') channel.ack(taken);
        else channel.nack(taken, false, true);
      });
    });
  }

  const link = new RabbitLink(
    url,
    async (model) => take(await model.createChannel()),
    (away) => report({ kind: 'connection', away }),
  );
  await link.whenThere();
  return { url, held: () => held, close: () => link.close() };
}
