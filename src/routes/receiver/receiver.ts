import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { MAX_MESSAGES_PER_RUN, type MessageStamp, readStampHeader, STAMP_HEADER } from '../../shared/routes/message';
import { Reasons } from '../../shared/routes/reasons';
import { problemOf, recordSchema } from '../../shared/routes/record';
import { CLOCK_ID, nowNs } from '../program/clock';
import type { Publisher, PublishOutcome } from '../route';
import { type Answer, refusal } from '../web/intake';

/** Takes records over HTTP and hands each to a messaging system. Answers 202 accepted, 503 refused, 502 unconfirmed. */
export class Receiver {
  readonly #publisher: Publisher;
  readonly #maxInFlight: number;
  readonly #timeoutMs: number;
  readonly #refused = new Reasons();
  readonly #unconfirmed = new Reasons();
  #accepted = 0;
  #inFlight = 0;
  #ownRun = ownRun();
  #ownNumber = 0;

  constructor(publisher: Publisher, limits: { maxInFlight: number; timeoutMs: number }) {
    this.#publisher = publisher;
    this.#maxInFlight = limits.maxInFlight;
    this.#timeoutMs = limits.timeoutMs;
  }

  async post(body: unknown, request: Pick<IncomingMessage, 'headers'>): Promise<Answer> {
    const parsed = recordSchema.safeParse(body);
    if (!parsed.success) return refusal(422, problemOf(parsed.error));
    const header = request.headers[STAMP_HEADER];
    const stamp = header === undefined ? this.#ownStamp() : readStampHeader(String(header));
    if (stamp === null) return refusal(400, `The header ${STAMP_HEADER} is malformed.`);
    return this.#answer(await this.#publish({ ...stamp, record: parsed.data }));
  }

  stats(): object {
    return {
      away: this.#publisher.away(),
      inFlight: this.#inFlight,
      maxInFlight: this.#maxInFlight,
      accepted: this.#accepted,
      refused: this.#refused.list(),
      unconfirmed: this.#unconfirmed.list(),
    };
  }

  async #publish(message: Parameters<Publisher['publish']>[0]): Promise<PublishOutcome> {
    const away = this.#publisher.away();
    if (away !== null) return { status: 'refused', reason: away };
    if (this.#inFlight >= this.#maxInFlight)
      return { status: 'refused', reason: `${this.#maxInFlight} messages are in flight already, which is the bound.` };
    this.#inFlight += 1;
    const publishing = this.#publisher.publish(message);
    // What has no answer yet stays in flight, also after its sender has been told: so a frozen system fills the bound.
    const release = () => {
      this.#inFlight -= 1;
    };
    publishing.then(release, release);
    let timer: NodeJS.Timeout | undefined;
    // A plain timer: to abort one of `timers/promises` makes an error, for each message.
    const late = new Promise<PublishOutcome>((resolve) => {
      const reason = `No confirmation within ${this.#timeoutMs / 1000} s.`;
      timer = setTimeout(() => resolve({ status: 'unconfirmed', reason }), this.#timeoutMs);
    });
    try {
      return await Promise.race([publishing, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  #answer(outcome: PublishOutcome): Answer {
    switch (outcome.status) {
      case 'accepted':
        this.#accepted += 1;
        return { status: 202, body: {} };
      case 'refused':
        this.#refused.add(outcome.reason);
        return refusal(503, outcome.reason);
      case 'unconfirmed':
        this.#unconfirmed.add(outcome.reason);
        return refusal(502, outcome.reason);
    }
  }

  /** For a post that brings none: of Locust, curl and others. */
  #ownStamp(): MessageStamp {
    if (this.#ownNumber === MAX_MESSAGES_PER_RUN) {
      this.#ownRun = ownRun();
      this.#ownNumber = 0;
    }
    const stamp = { run: this.#ownRun, number: this.#ownNumber, postedNs: nowNs(), clock: CLOCK_ID };
    this.#ownNumber += 1;
    return stamp;
  }
}

function ownRun(): string {
  return `receiver-${randomBytes(6).toString('hex')}`;
}
