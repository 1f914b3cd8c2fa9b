import { setMaxListeners } from 'node:events';
import { decodeMessage, encodeMessage } from '../../shared/routes/message';
import type { Consumer, ConsumerOptions, Deliver, Publisher, PublisherOptions, PublishOutcome } from '../route';
import { deliverOnce } from '../subscriber/deliver-once';
import { NatsLink } from './connection';

/** Core NATS: the server passes on what it has read to whoever subscribes at that moment, and keeps nothing. */

export const CORE_SUBJECT = 'request_subject';

const nothing = () => Promise.resolve();

export function publishCore({ url }: PublisherOptions): Publisher {
  const link = new NatsLink(url, nothing);
  /** One flush at a time serves all messages that were published before it. */
  let next: Promise<PublishOutcome> | null = null;
  let current: Promise<unknown> = Promise.resolve();

  /** Settles once the server has read what was published until now: it answers a ping that follows. */
  function flushed(): Promise<PublishOutcome> {
    next ??= current.then(async () => {
      const asked = link.connection?.flush();
      next = null;
      current = asked?.catch(() => undefined) ?? Promise.resolve();
      try {
        await asked;
        return { status: 'accepted' } as const;
      } catch {
        return unconfirmed;
      }
    });
    return next;
  }

  return {
    away: () => link.away,
    publish(message) {
      // While it is away the client would keep it in memory without bound, and send it when nobody expects it any more.
      if (link.connection === null || link.away !== null)
        return Promise.resolve({ status: 'refused', reason: link.away ?? 'NATS is away.' });
      try {
        link.connection.publish(CORE_SUBJECT, encodeMessage(message));
      } catch (error) {
        return Promise.resolve({ status: 'refused', reason: `NATS: ${(error as Error).message}` });
      }
      return flushed();
    },
    close: () => link.close(),
  };
}

const unconfirmed: PublishOutcome = {
  status: 'unconfirmed',
  reason: 'The connection to NATS was lost before the server had read it.',
};

export async function consumeCore(options: ConsumerOptions, deliver: Deliver): Promise<Consumer> {
  const { url, maxInFlight, report } = options;
  const closing = new AbortController();
  // Every message that waits for the collector listens.
  setMaxListeners(0, closing.signal);
  let inFlight = 0;

  function handOn(text: string): void {
    const message = decodeMessage(text);
    if (message === null) {
      report({ kind: 'foreign' });
      return;
    }
    // There is no way to slow the server down: it would cut off who reads too slowly.
    if (inFlight >= maxInFlight) {
      report({ kind: 'dropped', reason: `${maxInFlight} messages were in hand already, which is the bound.` });
      return;
    }
    inFlight += 1;
    void deliverOnce(deliver, message, closing.signal).then((outcome) => {
      inFlight -= 1;
      if (outcome.status === 'failed') report({ kind: 'dropped', reason: outcome.reason });
    });
  }

  const link = new NatsLink(url, nothing, (away) => report({ kind: 'connection', away }));
  const connection = await link.whenThere();
  // A subscription outlives reconnects: the client makes it anew.
  connection.subscribe(CORE_SUBJECT, {
    callback: (error, message) => {
      if (error === null) handOn(message.string());
    },
  });
  await connection.flush();
  return {
    url,
    async close() {
      closing.abort();
      await link.close();
    },
  };
}
