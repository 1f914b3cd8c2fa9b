import { stampHeader } from '../../shared/routes/message';
import { Reasons } from '../../shared/routes/reasons';
import { collectedBody } from '../../shared/routes/record';
import type { ConsumerEvent, Deliver, DeliverOutcome } from '../route';
import { errorIn, Poster, type PostResult } from '../web/post';

/** More connections than this to one collector carry no more. */
const MAX_SOCKETS = 64;

/** The subscriber's other half: posts each message to the collector, once, and counts what became of it. */
export class Deliverer {
  readonly #path: string;
  readonly #poster: Poster;
  readonly #failed = new Reasons();
  readonly #dropped = new Reasons();
  readonly #returned = new Reasons();
  #taken = 0;
  #delivered = 0;
  #foreign = 0;
  #away: string | null = null;

  constructor({
    url,
    path,
    maxInFlight,
    timeoutMs,
  }: {
    url: string;
    path: string;
    maxInFlight: number;
    timeoutMs: number;
  }) {
    this.#path = path;
    this.#poster = new Poster({ url, maxSockets: Math.min(MAX_SOCKETS, maxInFlight), timeoutMs });
  }

  readonly deliver: Deliver = (message) => {
    this.#taken += 1;
    return this.#poster.post(collectedBody(message.record, this.#path), stampHeader(message)).then(this.#outcomeOf);
  };

  readonly #outcomeOf = (result: PostResult): DeliverOutcome => {
    if (result.kind === 'answered' && result.status === 200) {
      this.#delivered += 1;
      return { status: 'delivered' };
    }
    const reason = result.kind === 'answered' ? errorIn(result.status, result.text) : `Collector: ${result.reason}`;
    this.#failed.add(reason);
    return { status: 'failed', reason, mayHaveArrived: result.kind === 'failed' };
  };

  readonly report = (event: ConsumerEvent): void => {
    switch (event.kind) {
      case 'foreign':
        this.#foreign += 1;
        return;
      case 'dropped':
        this.#dropped.add(event.reason);
        return;
      case 'returned':
        this.#returned.add(event.reason);
        return;
      case 'connection':
        this.#away = event.away;
        return;
    }
  };

  stats(): object {
    const ended = this.#delivered + this.#failed.total;
    return {
      away: this.#away,
      inFlight: this.#taken - ended,
      taken: this.#taken,
      delivered: this.#delivered,
      failed: this.#failed.list(),
      dropped: this.#dropped.list(),
      returned: this.#returned.list(),
      foreign: this.#foreign,
    };
  }

  close(): void {
    this.#poster.close();
  }
}
