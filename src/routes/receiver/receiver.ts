import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import {
  MAX_MESSAGES_PER_RUN,
  messageOf,
  type MessageStamp,
  readStampHeader,
  type RouteMessage,
  STAMP_HEADER,
} from '../../shared/routes/message';
import { Reasons } from '../../shared/routes/reasons';
import { isRecord, recordSchema, whyNot } from '../../shared/routes/record';
import { CLOCK_ID, nowNs } from '../program/clock';
import type { Publisher, PublishOutcome } from '../route';
import { Deadlines } from '../web/deadlines';
import { type Answer, refusal } from '../web/intake';

const ACCEPTED: Answer = { status: 202, body: {} };

/** Takes records over HTTP and hands each to a messaging system. Answers 202 accepted, 503 refused, 502 unconfirmed. */
export class Receiver {
  readonly #publisher: Publisher;
  readonly #maxInFlight: number;
  readonly #deadlines: Deadlines;
  readonly #unheard: PublishOutcome;
  readonly #refused = new Reasons();
  readonly #unconfirmed = new Reasons();
  #accepted = 0;
  #inFlight = 0;
  #ownRun = ownRun();
  #ownNumber = 0;

  constructor(publisher: Publisher, limits: { maxInFlight: number; timeoutMs: number }) {
    this.#publisher = publisher;
    this.#maxInFlight = limits.maxInFlight;
    this.#deadlines = new Deadlines(limits.timeoutMs);
    this.#unheard = { status: 'unconfirmed', reason: `No confirmation within ${limits.timeoutMs / 1000} s.` };
  }

  post(body: unknown, request: Pick<IncomingMessage, 'headers'>): Answer | Promise<Answer> {
    if (!isRecord(body)) return refusal(422, whyNot(recordSchema, body));
    const header = request.headers[STAMP_HEADER];
    const stamp = header === undefined ? this.#ownStamp() : readStampHeader(String(header));
    if (stamp === null) return refusal(400, `The header ${STAMP_HEADER} is malformed.`);
    const away = this.#publisher.away();
    if (away !== null) return this.#answer({ status: 'refused', reason: away });
    if (this.#inFlight >= this.#maxInFlight) {
      const reason = `${this.#maxInFlight} messages are in flight already, which is the bound.`;
      return this.#answer({ status: 'refused', reason });
    }
    return this.#publish(messageOf(stamp, body));
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

  #publish(message: RouteMessage): Promise<Answer> {
    this.#inFlight += 1;
    return new Promise((resolve, reject) => {
      const deadline = this.#deadlines.watch(() => resolve(this.#answer(this.#unheard)));
      // What has no answer yet stays in flight, also after its sender has been told: so a frozen system fills the bound.
      const release = () => {
        this.#inFlight -= 1;
        return deadline.forget();
      };
      this.#publisher.publish(message).then(
        (outcome) => {
          // Who has been told that there was no word for it is not told again.
          if (release()) resolve(this.#answer(outcome));
        },
        (error: unknown) => {
          release();
          reject(error as Error);
        },
      );
    });
  }

  #answer(outcome: PublishOutcome): Answer {
    switch (outcome.status) {
      case 'accepted':
        this.#accepted += 1;
        return ACCEPTED;
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
