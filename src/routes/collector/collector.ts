import type { IncomingMessage } from 'node:http';
import { DeliveryCounts } from '../../shared/routes/delivery-counts';
import { Latency, type LatencyFigures } from '../../shared/routes/latency';
import { type MessageStamp, readStampHeader, RUN_PATTERN, STAMP_HEADER } from '../../shared/routes/message';
import { collectedSchema, problemOf } from '../../shared/routes/record';
import { CLOCK_ID, nowNs } from '../program/clock';
import { type Answer, refusal } from '../web/intake';

/** Where all routes end: counts by path what arrives, each message by its id, and how long it was on its way. */

export interface PathStats {
  /** Messages that have arrived, however often. */
  distinct: number;
  /** Messages that have arrived more than once. */
  duplicated: number;
  /** Arrivals beyond each message's first. */
  repeats: number;
  /** Arrivals without an id: counted, and neither told apart nor timed. */
  withoutId: number;
  /** First arrivals whose post was timed by another machine's clock, which can't be compared with this one's. */
  otherClock: number;
  /** From the post to here, of first arrivals. */
  endToEndMs: LatencyFigures | null;
  /** The same of those since the last report; only in reports. */
  recentMs?: LatencyFigures | null;
}

const MAX_PATHS = 64;
/** Of each path. Who runs longer sees the oldest go: its counts stay, its ids are forgotten. */
const MAX_RUNS = 32;
/** Ids take a byte each. */
const MAX_ID_BYTES = 256 * 1024 * 1024;

class Path {
  readonly #runs = new Map<string, DeliveryCounts>();
  readonly #forgotten = { distinct: 0, duplicated: 0, repeats: 0 };
  readonly #latency = new Latency();
  #recent = new Latency();
  #withoutId = 0;
  #otherClock = 0;

  get idBytes(): number {
    return [...this.#runs.values()].reduce((sum, run) => sum + run.allocated, 0);
  }

  add(stamp: MessageStamp | null): void {
    if (stamp === null) {
      this.#withoutId += 1;
      return;
    }
    if (!this.#run(stamp.run).add(stamp.number)) return;
    if (stamp.clock !== CLOCK_ID) {
      this.#otherClock += 1;
      return;
    }
    const onItsWayNs = nowNs() - stamp.postedNs;
    this.#latency.record(onItsWayNs);
    this.#recent.record(onItsWayNs);
  }

  deliveries(run: string): Uint8Array {
    return this.#runs.get(run)?.bytes() ?? new Uint8Array(0);
  }

  stats(): PathStats {
    const totals = { ...this.#forgotten };
    for (const run of this.#runs.values()) addTo(totals, run);
    return {
      ...totals,
      withoutId: this.#withoutId,
      otherClock: this.#otherClock,
      endToEndMs: this.#latency.figures(),
    };
  }

  takeRecent(): LatencyFigures | null {
    const figures = this.#recent.figures();
    if (figures !== null) this.#recent = new Latency();
    return figures;
  }

  #run(id: string): DeliveryCounts {
    const known = this.#runs.get(id);
    if (known !== undefined) return known;
    if (this.#runs.size === MAX_RUNS) {
      const [oldest] = this.#runs.entries();
      if (oldest !== undefined) {
        addTo(this.#forgotten, oldest[1]);
        this.#runs.delete(oldest[0]);
      }
    }
    const made = new DeliveryCounts();
    this.#runs.set(id, made);
    return made;
  }
}

export class Collector {
  readonly #paths = new Map<string, Path>();
  #posts = 0;

  post(body: unknown, request: Pick<IncomingMessage, 'headers'>): Answer {
    const parsed = collectedSchema.safeParse(body);
    if (!parsed.success) return refusal(422, problemOf(parsed.error));
    const header = request.headers[STAMP_HEADER];
    const stamp = typeof header === 'string' ? readStampHeader(header) : null;
    if (header !== undefined && stamp === null) return refusal(400, `The header ${STAMP_HEADER} is malformed.`);
    const path = this.#path(parsed.data.path);
    if (path === null) return refusal(503, `The collector counts ${MAX_PATHS} paths and no more.`);
    if (this.#idBytes() > MAX_ID_BYTES) return refusal(503, "The collector's memory for ids is full. Start it anew.");
    path.add(stamp);
    this.#posts += 1;
    return { status: 200, body: {} };
  }

  /** How often each message of a run has arrived over a path: a byte each, by number. */
  deliveries(query: URLSearchParams): Answer {
    const run = query.get('run') ?? '';
    if (!RUN_PATTERN.test(run)) return refusal(400, 'Name a run: /deliveries?path=nats&run=…');
    return { status: 200, body: this.#paths.get(query.get('path') ?? '')?.deliveries(run) ?? new Uint8Array(0) };
  }

  stats(): { posts: number; idBytes: number; maxIdBytes: number; paths: Record<string, PathStats> } {
    return {
      posts: this.#posts,
      idBytes: this.#idBytes(),
      maxIdBytes: MAX_ID_BYTES,
      paths: Object.fromEntries([...this.#paths].map(([name, path]) => [name, path.stats()])),
    };
  }

  /** The same with the figures since the last time. */
  report(): ReturnType<Collector['stats']> {
    const stats = this.stats();
    for (const [name, path] of this.#paths) (stats.paths[name] as PathStats).recentMs = path.takeRecent();
    return stats;
  }

  #path(name: string): Path | null {
    const known = this.#paths.get(name);
    if (known !== undefined) return known;
    if (this.#paths.size === MAX_PATHS) return null;
    const made = new Path();
    this.#paths.set(name, made);
    return made;
  }

  #idBytes(): number {
    return [...this.#paths.values()].reduce((sum, path) => sum + path.idBytes, 0);
  }
}

function addTo(totals: { distinct: number; duplicated: number; repeats: number }, run: DeliveryCounts): void {
  totals.distinct += run.distinct;
  totals.duplicated += run.duplicated;
  totals.repeats += run.repeats;
}
