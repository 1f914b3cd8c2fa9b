import type { LatencyFigures } from '../routes/latency';
import type { RouteId } from '../routes/route-catalog';
import type { CollectorStats, GeneratorResult, GeneratorStats, LaneStats } from './reports';
import {
  LOAD_POINTS,
  type LoadCounts,
  type LoadFailure,
  type LoadPoint,
  type LoadQueue,
  type LoadRoutePoint,
} from './view';

const POINT_EVERY_MS = 1_000;
/** At the end, what is shorter than this belongs to the point before: of a moment alone a rate would be anything. */
const LEAST_POINT_MS = 500;

interface Marks {
  sent: number;
  failures: number;
  delivered: number;
}
const NO_MARKS: Marks = { sent: 0, failures: 0, delivered: 0 };

/** All that a point has room for. */
type Recent = Pick<LatencyFigures, 'p50' | 'p95'>;
type PostedLane = Omit<LaneStats, 'recentMs'> & { recentMs: Recent | null };

/** One route in one run. */
export class RouteTally {
  #lane: PostedLane | null = null;
  #account: NonNullable<GeneratorResult['lanes'][number]['account']> | null = null;
  #arrived: { distinct: number; duplicated: number; whole: LatencyFigures | null } = {
    distinct: 0,
    duplicated: 0,
    whole: null,
  };
  /** Since the last point. */
  #responseRecent: Recent | null = null;
  #endToEndRecent: Recent | null = null;
  /** At the last point, and at the one before. */
  #marks: Marks = NO_MARKS;
  #marksBefore: Marks = NO_MARKS;
  #queueNow: number | null = null;
  #queueMost: number | null = null;
  #requestsPerSecond = 0;
  #failuresPerSecond = 0;
  /** Processor time of its processes since the run began, seconds. */
  cpuSeconds: number | null = null;

  get counts(): LoadCounts | null {
    if (this.#account !== null) {
      const { sent, accepted, delivered, duplicated, refused, failed, lost, unfinished } = this.#account;
      return { sent, accepted, delivered, duplicated, refused, failed, lost, inFlight: unfinished };
    }
    if (this.#lane === null) return null;
    const { sent, accepted, refused, failed, inFlight } = this.#lane;
    const { distinct: delivered, duplicated } = this.#arrived;
    return { sent, accepted, delivered, duplicated, refused, failed, lost: null, inFlight };
  }

  get response(): LatencyFigures | null {
    return this.#lane?.responseMs ?? null;
  }

  get corrected(): LatencyFigures | null {
    return this.#lane?.correctedMs ?? null;
  }

  get endToEnd(): LatencyFigures | null {
    return this.#arrived.whole;
  }

  /** What the system holds, and the most that it held; null where it hasn't told. */
  get queue(): LoadQueue | null {
    return this.#queueMost === null ? null : { now: this.#queueNow, most: this.#queueMost };
  }

  /** By id. */
  get arrivals(): { distinct: number; duplicated: number } {
    return this.#arrived;
  }

  get requestsPerSecond(): number {
    return this.#requestsPerSecond;
  }

  get failuresPerSecond(): number {
    return this.#failuresPerSecond;
  }

  get cpuUsPerMessage(): number | null {
    const { distinct } = this.#arrived;
    return this.cpuSeconds === null || distinct === 0 ? null : (this.cpuSeconds * 1e6) / distinct;
  }

  failures(route: RouteId): LoadFailure[] {
    const { refused = [], failed = [] } = this.#lane?.reasons ?? {};
    return [
      ...refused.map((each) => ({ route, kind: 'refused' as const, ...each })),
      ...failed.map((each) => ({ route, kind: 'failed' as const, ...each })),
    ];
  }

  /** Null: it doesn't tell, or not at present. */
  queued(depth: number | null): void {
    this.#queueNow = depth;
    if (depth !== null) this.#queueMost = Math.max(this.#queueMost ?? 0, depth);
  }

  posted(lane: PostedLane): void {
    this.#lane = lane;
    if (lane.recentMs !== null) this.#responseRecent = lane.recentMs;
  }

  arrived({
    distinct,
    duplicated,
    endToEndMs,
    recentMs,
  }: NonNullable<CollectorStats['followed']>['paths'][string]): void {
    this.#arrived = { distinct, duplicated, whole: endToEndMs };
    if (recentMs !== null) this.#endToEndRecent = recentMs;
  }

  ended({ account, ...lane }: GeneratorResult['lanes'][number]): void {
    this.#lane = lane;
    this.#account = account ?? null;
    this.#requestsPerSecond = this.#failuresPerSecond = 0;
  }

  /** What has come since the last point, which is so long ago. */
  point(seconds: number): LoadRoutePoint {
    const { sent = 0, refused = 0, failed = 0 } = this.#lane ?? {};
    const now = { sent, failures: refused + failed, delivered: this.#arrived.distinct };
    const perSecond = (key: keyof Marks) => Math.max(0, now[key] - this.#marks[key]) / seconds;
    const point = {
      requestsPerSecond: perSecond('sent'),
      failuresPerSecond: perSecond('failures'),
      deliveredPerSecond: perSecond('delivered'),
      responseP50: this.#responseRecent?.p50 ?? null,
      responseP95: this.#responseRecent?.p95 ?? null,
      endToEndP50: this.#endToEndRecent?.p50 ?? null,
      endToEndP95: this.#endToEndRecent?.p95 ?? null,
      queued: this.#queueNow,
    };
    this.#marksBefore = this.#marks;
    this.#marks = now;
    this.#requestsPerSecond = point.requestsPerSecond;
    this.#failuresPerSecond = point.failuresPerSecond;
    // Of the next second there may be none.
    this.#responseRecent = this.#endToEndRecent = null;
    return point;
  }

  /** The point before, made again with what has come since; `seconds` is how long both are together. */
  pointAgain({ responseP50, responseP95, endToEndP50, endToEndP95 }: LoadRoutePoint, seconds: number): LoadRoutePoint {
    this.#marks = this.#marksBefore;
    const again = this.point(seconds);
    return {
      ...again,
      responseP50: again.responseP50 ?? responseP50,
      responseP95: again.responseP95 ?? responseP95,
      endToEndP50: again.endToEndP50 ?? endToEndP50,
      endToEndP95: again.endToEndP95 ?? endToEndP95,
    };
  }
}

type Posted = Pick<GeneratorStats, 'users' | 'inFlight' | 'lagMs' | 'phase'> & { lanes: PostedLane[] };

/** Everything that is counted of one run, from what the generator and the collector report. */
export class LoadTally {
  readonly routes: ReadonlyMap<RouteId, RouteTally>;
  readonly points: LoadPoint[] = [];
  /** How many of the run are not among the points any more. */
  forgotten = 0;
  users = 0;
  inFlight = 0;
  lagMs: LatencyFigures | null = null;
  phase: GeneratorStats['phase'] = 'posting';
  readonly #startedMs: number;
  #pointMs: number;

  /** @param startedMs on any clock; of `generator` too */
  constructor(routes: readonly RouteId[], startedMs: number) {
    this.routes = new Map(routes.map((route) => [route, new RouteTally()]));
    this.#startedMs = this.#pointMs = startedMs;
  }

  get failures(): LoadFailure[] {
    return [...this.routes].flatMap(([route, tally]) => tally.failures(route)).sort((a, b) => b.count - a.count);
  }

  generator(stats: Posted, nowMs: number): void {
    this.users = stats.users;
    this.inFlight = stats.inFlight;
    this.lagMs = stats.lagMs;
    this.phase = stats.phase;
    for (const lane of stats.lanes) this.#route(lane.path)?.posted(lane);
    if (nowMs - this.#pointMs >= POINT_EVERY_MS * 0.9) this.#point(nowMs);
  }

  collector(stats: CollectorStats, run: string): void {
    if (stats.followed?.run !== run) return;
    for (const [path, arrived] of Object.entries(stats.followed.paths)) this.#route(path)?.arrived(arrived);
  }

  ended(result: GeneratorResult): void {
    this.users = this.inFlight = 0;
    this.lagMs = result.lagMs;
    this.phase = 'ended';
    for (const lane of result.lanes) this.#route(lane.path)?.ended(lane);
  }

  /** The last point, once nothing more is counted. */
  close(nowMs: number): void {
    const last = this.points.at(-1);
    if (last === undefined || nowMs - this.#pointMs >= LEAST_POINT_MS) {
      this.#point(nowMs);
      return;
    }
    const atS = (nowMs - this.#startedMs) / 1_000;
    const seconds = atS - (this.points.at(-2)?.atS ?? 0);
    const routes = Object.fromEntries(
      [...this.routes].flatMap(([route, tally]) => {
        const point = last.routes[route];
        return point === undefined ? [] : [[route, tally.pointAgain(point, seconds)]];
      }),
    );
    this.points.splice(-1, 1, { atS, users: last.users, routes });
  }

  #route(path: string): RouteTally | undefined {
    return this.routes.get(path as RouteId);
  }

  #point(nowMs: number): void {
    const seconds = (nowMs - this.#pointMs) / 1_000;
    if (seconds <= 0) return;
    this.#pointMs = nowMs;
    const routes = Object.fromEntries([...this.routes].map(([route, tally]) => [route, tally.point(seconds)]));
    this.points.push({ atS: (nowMs - this.#startedMs) / 1_000, users: this.users, routes });
    if (this.points.length <= LOAD_POINTS) return;
    this.points.shift();
    this.forgotten += 1;
  }
}
