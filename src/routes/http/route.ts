import { stampHeader } from '../../shared/routes/message';
import { collectedBody } from '../../shared/routes/record';
import type { Publisher, PublisherOptions, PublishOutcome, Route } from '../route';
import { errorIn, Poster, type PostResult } from '../web/post';

/** The baseline: the receiver posts straight on to the collector, and answers what the collector has answered. */
export const httpRoute: Route = { id: 'http', publish, consume: null, server: null };

const MAX_SOCKETS = 64;

function publish({ url, maxInFlight, timeoutMs }: PublisherOptions): Publisher {
  const poster = new Poster({ url, maxSockets: Math.min(MAX_SOCKETS, maxInFlight), timeoutMs });
  return {
    away: () => null,
    publish: (message) => poster.post(collectedBody(message.record, 'http'), stampHeader(message)).then(outcomeOf),
    async close() {
      poster.close();
    },
  };
}

function outcomeOf(result: PostResult): PublishOutcome {
  switch (result.kind) {
    case 'answered':
      if (result.status === 200) return { status: 'accepted' };
      return { status: 'refused', reason: `Collector: ${errorIn(result.status, result.text)}` };
    case 'not sent':
      return { status: 'refused', reason: `Collector: ${result.reason}` };
    case 'failed':
      return { status: 'unconfirmed', reason: `Collector: ${result.reason}` };
  }
}
