import type { IncomingMessage } from 'node:http';
import { DeliveryCounts } from '../../shared/routes/delivery-counts';
import { Latency, type LatencyFigures } from '../../shared/routes/latency';
import { readStampHeader, RUN_PATTERN, STAMP_HEADER } from '../../shared/routes/message';
import { collectedSchema, isCollected, whyNot } from '../../shared/routes/record';
import { CLOCK_ID, nowNs } from '../program/clock';
import { type Answer, refusal } from '../web/intake';
import { Journal, type JournalEntry } from './journal';

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

/** What has arrived of the one run that is followed. */
export interface RunStats {
  run: string;
  paths: Record<string, RunPathStats>;
}

export interface RunPathStats {
  distinct: number;
  duplicated: number;
  endToEndMs: LatencyFigures | null;
  /** Of first arrivals since the last report; only in reports. */
  recentMs?: LatencyFigures | null;
}

const MAX_PATHS = 64;
/** Of each path. Who runs longer sees the oldest go: its counts stay, its ids are forgotten. */
const MAX_RUNS = 32;
/** Ids take a byte each. */
const MAX_ID_BYTES = 256 * 1024 * 1024;

const COUNTED: Answer = { status: 200, body: {} };

class Path {
  readonly #runs = new Map<string, DeliveryCounts>();
  readonly #forgotten = { distinct: 0, duplicated: 0, repeats: 0 };
  readonly #latency = new Latency();
  #recent = new Latency();
  #withoutId = 0;
  #otherClock = 0;
  #followed: { run: string; latency: Latency; recent: Latency } | null = null;
  #idBytes = 0;

  get idBytes(): number {
    return this.#idBytes;
  }

  addWithoutId(): void {
    this.#withoutId += 1;
  }

  /** @param onItsWayNs null: another machine's clock has stamped it */
  add(run: string, number: number, onItsWayNs: number | null): void {
    const counts = this.#run(run);
    const before = counts.allocated;
    const first = counts.add(number);
    this.#idBytes += counts.allocated - before;
    if (!first) return;
    if (onItsWayNs === null) {
      this.#otherClock += 1;
      return;
    }
    this.#latency.record(onItsWayNs);
    this.#recent.record(onItsWayNs);
    if (this.#followed?.run !== run) return;
    this.#followed.latency.record(onItsWayNs);
    this.#followed.recent.record(onItsWayNs);
  }

  follow(run: string): void {
    this.#followed = { run, latency: new Latency(), recent: new Latency() };
  }

  followed(run: string): RunPathStats {
    const counts = this.#runs.get(run);
    return {
      distinct: counts?.distinct ?? 0,
      duplicated: counts?.duplicated ?? 0,
      endToEndMs: this.#followed?.latency.figures() ?? null,
    };
  }

  takeFollowedRecent(): LatencyFigures | null {
    const figures = this.#followed?.recent.figures() ?? null;
    if (figures !== null && this.#followed !== null) this.#followed.recent = new Latency();
    return figures;
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
        this.#idBytes -= oldest[1].allocated;
      }
    }
    const made = new DeliveryCounts();
    this.#runs.set(id, made);
    return made;
  }
}

export class Collector {
  readonly #paths = new Map<string, Path>();
  readonly #journal: Journal | null;
  #posts = 0;
  #followed: string | null = null;

  /** @param journalFile where what it counts outlives it; null: nowhere */
  constructor(journalFile: string | null = null) {
    this.#journal = journalFile === null ? null : new Journal(journalFile, (entry) => this.#take(entry));
  }

  /** From now on this run is told apart in what is reported, with latencies of its own. */
  follow(run: string): void {
    if (run === this.#followed) return;
    const entry = { kind: 'follow', run } as const;
    try {
      this.#journal?.write(entry);
    } catch {
      // The next collector is told again which run it is.
    }
    this.#take(entry);
  }

  post(body: unknown, request: Pick<IncomingMessage, 'headers'>): Answer {
    if (!isCollected(body)) return refusal(422, whyNot(collectedSchema, body));
    const header = request.headers[STAMP_HEADER];
    const stamp = typeof header === 'string' ? readStampHeader(header) : null;
    if (header !== undefined && stamp === null) return refusal(400, `The header ${STAMP_HEADER} is malformed.`);
    const { path: name } = body;
    if (this.#path(name) === null) return refusal(503, `The collector counts ${MAX_PATHS} paths and no more.`);
    if (this.#idBytes() > MAX_ID_BYTES) return refusal(503, "The collector's memory for ids is full. Start it anew.");
    if (stamp === null) this.#enter({ kind: 'unnumbered', path: name });
    else {
      const onItsWayNs = stamp.clock === CLOCK_ID ? Math.max(0, nowNs() - stamp.postedNs) : null;
      this.#enter({ kind: 'arrived', path: name, run: stamp.run, number: stamp.number, onItsWayNs });
    }
    return COUNTED;
  }

  /** How often each message of a run has arrived over a path: a byte each, by number. */
  deliveries(query: URLSearchParams): Answer {
    const run = query.get('run') ?? '';
    if (!RUN_PATTERN.test(run)) return refusal(400, 'Name a run: /deliveries?path=nats&run=…');
    return { status: 200, body: this.#paths.get(query.get('path') ?? '')?.deliveries(run) ?? new Uint8Array(0) };
  }

  stats(): {
    posts: number;
    idBytes: number;
    maxIdBytes: number;
    paths: Record<string, PathStats>;
    followed: RunStats | null;
  } {
    const run = this.#followed;
    return {
      posts: this.#posts,
      idBytes: this.#idBytes(),
      maxIdBytes: MAX_ID_BYTES,
      paths: Object.fromEntries([...this.#paths].map(([name, path]) => [name, path.stats()])),
      followed:
        run === null
          ? null
          : { run, paths: Object.fromEntries([...this.#paths].map(([name, path]) => [name, path.followed(run)])) },
    };
  }

  /** The same with the figures since the last time. */
  report(): ReturnType<Collector['stats']> {
    const stats = this.stats();
    for (const [name, path] of this.#paths) {
      (stats.paths[name] as PathStats).recentMs = path.takeRecent();
      const followed = stats.followed?.paths[name];
      if (followed !== undefined) followed.recentMs = path.takeFollowedRecent();
    }
    return stats;
  }

  close(): void {
    this.#journal?.close();
  }

  /** Into the journal first: what it has said it has, it must have. */
  #enter(entry: JournalEntry): void {
    this.#journal?.write(entry);
    this.#take(entry);
  }

  #take(entry: JournalEntry): void {
    if (entry.kind === 'follow') {
      this.#followed = entry.run;
      for (const path of this.#paths.values()) path.follow(entry.run);
      return;
    }
    const path = this.#path(entry.path);
    if (path === null) return;
    if (entry.kind === 'unnumbered') path.addWithoutId();
    else path.add(entry.run, entry.number, entry.onItsWayNs);
    this.#posts += 1;
  }

  #path(name: string): Path | null {
    const known = this.#paths.get(name);
    if (known !== undefined) return known;
    if (this.#paths.size === MAX_PATHS) return null;
    const made = new Path();
    if (this.#followed !== null) made.follow(this.#followed);
    this.#paths.set(name, made);
    return made;
  }

  #idBytes(): number {
    let sum = 0;
    for (const { idBytes } of this.#paths.values()) sum += idBytes;
    return sum;
  }
}

function addTo(totals: { distinct: number; duplicated: number; repeats: number }, run: DeliveryCounts): void {
  totals.distinct += run.distinct;
  totals.duplicated += run.duplicated;
  totals.repeats += run.repeats;
}
