import { Latency, type LatencyFigures } from '../../shared/routes/latency';
import { type Account, Ledger, type PostOutcome } from '../../shared/routes/ledger';
import { LOCUST_PERCENTS } from '../../shared/load/locust';
import { stampHeader } from '../../shared/routes/message';
import { CLOCK_ID, nowNs } from '../program/clock';
import { errorIn, Poster, type PostResult } from '../web/post';

/** More connections to one receiver than this wait for each other. */
const MAX_SOCKETS = 512;

export interface LaneStats {
  path: string;
  sent: number;
  accepted: number;
  refused: number;
  failed: number;
  inFlight: number;
  /** From the post to its answer. */
  responseMs: LatencyFigures | null;
  /** From when it was due to its answer; only with a constant rate. */
  correctedMs: LatencyFigures | null;
  /** Why posts were refused or failed so far. */
  reasons: Account['reasons'];
  /** Response times since the last report; only in reports. */
  recentMs?: LatencyFigures | null;
}

/** The posts of one run to one receiver: numbered, counted and timed. */
export class Lane {
  readonly path: string;
  readonly run: string;
  readonly ledger = new Ledger();
  readonly #poster: Poster;
  readonly #response = new Latency();
  readonly #corrected = new Latency();
  #recent = new Latency();
  /** Who waits for room, in the order in which they came. */
  readonly #waiting: Array<() => void> = [];

  constructor(
    target: { path: string; url: string },
    settings: { run: string; maxInFlight: number; timeoutMs: number },
  ) {
    this.path = target.path;
    this.run = settings.run;
    const { maxInFlight, timeoutMs } = settings;
    this.#poster = new Poster({ url: target.url, maxSockets: Math.min(MAX_SOCKETS, maxInFlight), timeoutMs });
  }

  get inFlight(): number {
    return this.ledger.posts.pending;
  }

  /** @param dueNs when it should have gone out, where that is known; never more than one post for a call */
  async post(body: string, dueNs: number | null): Promise<void> {
    const number = this.ledger.begin();
    const postedNs = nowNs();
    const result = await this.#poster.post(body, stampHeader({ run: this.run, number, postedNs, clock: CLOCK_ID }));
    const answeredNs = nowNs();
    if (result.kind === 'answered') {
      this.#response.record(answeredNs - postedNs);
      this.#recent.record(answeredNs - postedNs);
      if (dueNs !== null) this.#corrected.record(answeredNs - dueNs);
    }
    const { outcome, reason } = outcomeOf(result);
    this.ledger.settle(number, outcome, reason);
    this.#waiting.shift()?.();
  }

  /** Resolves when a post has its outcome, for one who waits after the other, or when all are let go. */
  room(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  letGo(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  /** One that was due and can't be posted. */
  skip(reason: string): void {
    this.ledger.settle(this.ledger.begin(), 'failed', reason);
  }

  stats(): LaneStats {
    const { sent, accepted, refused, failed, pending } = this.ledger.posts;
    return {
      path: this.path,
      sent,
      accepted,
      refused,
      failed,
      inFlight: pending,
      reasons: this.ledger.reasons,
      responseMs: this.#response.figures(),
      correctedMs: this.#corrected.figures(),
    };
  }

  /** The response times as Locust has them: their mean, and the percentiles of its columns. Null when there are none. */
  locustFigures(): { mean: number; percentiles: number[] } | null {
    const percentiles = this.#response.percentiles(LOCUST_PERCENTS);
    return percentiles === null ? null : { mean: this.#response.mean, percentiles };
  }

  takeRecent(): LatencyFigures | null {
    const figures = this.#recent.figures();
    if (figures !== null) this.#recent = new Latency();
    return figures;
  }

  close(): void {
    this.#poster.close();
  }
}

function outcomeOf(result: PostResult): { outcome: PostOutcome; reason: string } {
  if (result.kind !== 'answered') return { outcome: 'failed', reason: result.reason };
  const { status, text } = result;
  if (status >= 200 && status < 300) return { outcome: 'accepted', reason: '' };
  // Of the 5xx only 503 says that the message certainly did not go on.
  const refused = status === 503 || (status >= 400 && status < 500);
  return { outcome: refused ? 'refused' : 'failed', reason: errorIn(status, text) };
}
