import type { LocustMoment } from '../../routes/locust/tables';
import type { LoadTally } from '../../shared/load/tally';
import type { RouteId } from '../../shared/routes/route-catalog';
import type { LoadService } from './load-service';

/** Counts what Locust says while it posts, and what the collector and the systems say beside it, into points in time. */
export class LocustFollower {
  readonly #service: LoadService;
  readonly #tally: LoadTally;
  readonly #run: string;
  /** The newest word on each route. */
  readonly #latest = new Map<string, LocustMoment>();
  #posting = true;

  constructor(service: LoadService, tally: LoadTally, run: string) {
    this.#service = service;
    this.#tally = tally;
    this.#run = run;
  }

  /** @param moments the rows of its history since the last call */
  take(moments: readonly LocustMoment[]): void {
    const before = new Map(this.#latest);
    for (const moment of moments) this.#latest.set(moment.name, moment);
    this.look();
    const lanes = [...this.#tally.routes.keys()].map((route) => this.#laneOf(route, before.get(route)));
    const users = [...this.#latest.values()].at(-1)?.users ?? 0;
    const phase = this.#posting ? 'posting' : 'settling';
    this.#tally.generator({ users, inFlight: 0, lagMs: null, phase, lanes }, performance.now());
  }

  /** It has ended: what is still to come is only waited for. */
  settle(): void {
    this.#posting = false;
    for (const [name, moment] of this.#latest) this.#latest.set(name, { ...moment, users: 0 });
  }

  /** What the collector and the systems say at this moment. */
  look(): void {
    const stats = this.#service.collector?.stats ?? null;
    if (stats !== null) this.#tally.collector(stats, this.#run);
    for (const [route, tally] of this.#tally.routes) tally.queued(this.#service.runners.get(route)?.queueDepth ?? null);
  }

  #laneOf(path: RouteId, before: LocustMoment | undefined) {
    const { requests = 0, failures = 0, percentiles } = this.#latest.get(path) ?? {};
    const [p50, p95] = [percentiles?.['p50'] ?? null, percentiles?.['p95'] ?? null];
    // Without a new answer its percentiles are those of old ones.
    const recentMs = requests === (before?.requests ?? 0) || p50 === null || p95 === null ? null : { p50, p95 };
    return {
      ...{ path, sent: requests, accepted: requests - failures, refused: 0, failed: failures, inFlight: 0 },
      ...{ reasons: { refused: [], failed: [] }, responseMs: null, correctedMs: null, recentMs },
    };
  }
}
