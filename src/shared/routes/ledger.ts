import { type ReasonCount, Reasons } from './reasons';

/**
 * What became of every message of one run on one route, by its number. The poster writes down how each post ended; the
 * collector's counts say how often each arrived; together they put every message into exactly one class.
 */

/** How a post ended, for the one who posted it. `failed`: it is not known whether the message went on. */
export type PostOutcome = 'accepted' | 'refused' | 'failed';

const PENDING = 0;
const ACCEPTED = 1;
const REFUSED = 2;
const FAILED = 3;
const CODES = { accepted: ACCEPTED, refused: REFUSED, failed: FAILED } as const;

export interface Account {
  /** Posted, or due to be: the sum of the five classes below and of `unfinished`. */
  sent: number;
  /** Posts that were answered as accepted; all of them are delivered, duplicated or lost. */
  accepted: number;
  /** Arrived exactly once. */
  delivered: number;
  /** Arrived more than once. */
  duplicated: number;
  /** Refused by the receiver, and never arrived. */
  refused: number;
  /** The post failed, and the message never arrived. */
  failed: number;
  /** Accepted, and never arrived. */
  lost: number;
  /** Posts that have no answer yet, and whose message hasn't arrived either. */
  unfinished: number;
  /** Messages that arrived though their post was refused or had failed; counted above where they belong. */
  arrivedAnyway: number;
  /** Why posts were refused or failed, the most frequent first. */
  reasons: { refused: ReasonCount[]; failed: ReasonCount[] };
}

export class Ledger {
  #outcomes = new Uint8Array(1024);
  #sent = 0;
  readonly #totals = { accepted: 0, refused: 0, failed: 0 };
  readonly #reasons = { refused: new Reasons(), failed: new Reasons() };

  /** Posts so far by how they ended, without regard to what arrived. */
  get posts(): { sent: number; accepted: number; refused: number; failed: number; pending: number } {
    const { accepted, refused, failed } = this.#totals;
    return { sent: this.#sent, accepted, refused, failed, pending: this.#sent - accepted - refused - failed };
  }

  /** Why posts were refused or failed so far, whether or not the message arrived; the most frequent first. */
  get reasons(): Account['reasons'] {
    return { refused: this.#reasons.refused.list(), failed: this.#reasons.failed.list() };
  }

  /** A message is about to be posted; its number is the answer. */
  begin(): number {
    const number = this.#sent;
    if (number === this.#outcomes.length) {
      const grown = new Uint8Array(this.#outcomes.length * 2);
      grown.set(this.#outcomes);
      this.#outcomes = grown;
    }
    this.#sent += 1;
    return number;
  }

  /** Once for each number that `begin` gave; a second outcome is a bug of the caller's and throws. */
  settle(number: number, outcome: PostOutcome, reason = ''): void {
    if (number >= this.#sent || this.#outcomes[number] !== PENDING)
      throw new Error(`Message ${number} was not sent, or has its outcome already. Please report this.`);
    this.#outcomes[number] = CODES[outcome];
    this.#totals[outcome] += 1;
    if (outcome !== 'accepted') this.#reasons[outcome].add(reason);
  }

  /** @param deliveries how often each number has arrived, as the collector counts */
  account(deliveries: Uint8Array): Account {
    const account = {
      sent: this.#sent,
      accepted: this.#totals.accepted,
      delivered: 0,
      duplicated: 0,
      refused: 0,
      failed: 0,
      lost: 0,
      unfinished: 0,
      arrivedAnyway: 0,
    };
    for (let number = 0; number < this.#sent; number += 1) {
      const outcome = this.#outcomes[number];
      const arrived = deliveries[number] ?? 0;
      if (arrived > 0) {
        if (arrived === 1) account.delivered += 1;
        else account.duplicated += 1;
        if (outcome === REFUSED || outcome === FAILED) account.arrivedAnyway += 1;
      } else if (outcome === ACCEPTED) account.lost += 1;
      else if (outcome === REFUSED) account.refused += 1;
      else if (outcome === FAILED) account.failed += 1;
      else account.unfinished += 1;
    }
    return { ...account, reasons: this.reasons };
  }
}
