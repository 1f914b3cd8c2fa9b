import { Duration, type Message } from '@google-cloud/pubsub';
import { decodeMessage, encodeMessage } from '../../shared/routes/message';
import type { Consumer, ConsumerOptions, Deliver, Publisher, PublisherOptions, PublishOutcome, Route } from '../route';
import { ONCE, PubsubLink } from './link';
import { pubsubServer } from './server';

/** Google Pub/Sub: a topic with one subscription, streaming pull, each message acknowledged once the collector has it. */
export const pubsubRoute: Route = { id: 'pubsub', publish, consume, server: pubsubServer };

/** The client waits so long for further messages to publish, or acknowledge, together with the first. */
const GATHER_MS = 1;
const MAX_TOGETHER = 100;
const AGAIN_AFTER_MS = 500;
/** A dead subscriber's messages come to the next one once this has passed. */
const ACK_DEADLINE = Duration.from({ seconds: 10 });
const LONGEST_HOLD = Duration.from({ minutes: 60 });

/** gRPC's codes by which a server says that it has not taken it. */
const REFUSED_CODES = new Set([3, 5, 7, 8, 9, 11, 12, 16]);
/** Without an answer: it is away, or too slow. */
const AWAY_CODES = new Set([4, 14]);

function publish({ url, timeoutMs }: PublisherOptions): Publisher {
  const link = new PubsubLink(url);
  link.topic.setPublishOptions({
    batching: { maxMessages: MAX_TOGETHER, maxMilliseconds: GATHER_MS },
    // The client would repeat it for minutes and keep all that comes meanwhile in memory.
    gaxOpts: { ...ONCE, timeout: timeoutMs },
  });
  return {
    away: () => link.away,
    async publish(message) {
      if (link.away !== null) return { status: 'refused', reason: link.away };
      try {
        await link.topic.publishMessage({ data: Buffer.from(encodeMessage(message)) });
        return { status: 'accepted' };
      } catch (error) {
        const outcome = outcomeOf(error as { code?: number; details?: string; message: string });
        if (AWAY_CODES.has((error as { code?: number }).code ?? 0)) link.lost(outcome.reason);
        return outcome;
      }
    },
    queueDepth: () => Promise.resolve(link.backlog),
    close: () => link.close(),
  };
}

function outcomeOf({ code = 0, details, message }: { code?: number; details?: string; message: string }) {
  const reason = `Pub/Sub: ${details ?? message}`.slice(0, 300);
  // Said of a call that found no connection to go out on.
  const notSent = details?.startsWith('No connection established') === true;
  const status = notSent || REFUSED_CODES.has(code) ? 'refused' : 'unconfirmed';
  return { status, reason } satisfies PublishOutcome;
}

async function consume({ url, maxInFlight, report }: ConsumerOptions, deliver: Deliver): Promise<Consumer> {
  const link = new PubsubLink(url, (away) => report({ kind: 'connection', away }));
  const { subscription } = link;
  let closing = false;
  subscription.setOptions({
    flowControl: { maxMessages: maxInFlight, allowExcessMessages: false },
    streamingOptions: {
      maxStreams: 1,
      retryMinBackoff: Duration.from({ millis: 100 }),
      retryMaxBackoff: Duration.from({ seconds: 1 }),
    },
    batching: { maxMilliseconds: GATHER_MS },
    minAckDeadline: ACK_DEADLINE,
    maxAckDeadline: ACK_DEADLINE,
    maxExtensionTime: LONGEST_HOLD,
  });
  subscription.on('message', (taken: Message) => {
    const message = decodeMessage(taken.data.toString());
    if (message === null) {
      report({ kind: 'foreign' });
      taken.ack();
      return;
    }
    void deliver(message).then(async (outcome) => {
      if (outcome.status === 'delivered') {
        taken.ack();
        return;
      }
      report({ kind: 'returned', reason: outcome.reason });
      await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER_MS));
      taken.nack();
    });
  });
  // Such as that the subscription is not there any more: the client then takes nothing, for good, until it is opened anew.
  subscription.on('error', (error: Error) => {
    if (closing) return;
    link.lost(`Pub/Sub: ${error.message}`);
    setTimeout(() => {
      if (closing) return;
      void subscription
        .close()
        .then(() => link.whenThere())
        .then(() => subscription.open());
    }, AGAIN_AFTER_MS);
  });
  await link.whenThere();
  return {
    url,
    async close() {
      closing = true;
      await subscription.close().catch(() => undefined);
      await link.close();
    },
  };
}
