import type { Message } from '../messages/message';
import type { LatencyFigures } from '../routes/latency';
import type { RouteId } from '../routes/route-catalog';
import type { LoadForm } from './form';
import type { LoadEvent, LoadResult } from './result';

/** What there is to show of the routes and the load on them. */
export interface LoadView {
  state: LoadState;
  /** All of the catalogue, in its order, whether or not they are started. */
  routes: LoadRouteView[];
  collector: LoadPartView;
  generator: LoadPartView;
  users: { now: number; wanted: number };
  /** Posts without an answer, and the generator's bound. */
  inFlight: { now: number; most: number };
  /** By how much posts went out later than they were due; only with a constant rate. */
  lagMs: LatencyFigures | null;
  /** Of the present run, or the last one; the most frequent first. */
  failures: LoadFailure[];
  /** Records of the file that were left out. */
  badRecords: LoadBadRecords;
  /** A point a second since the run began, at most `LOAD_POINTS`: the oldest go first. */
  points: readonly LoadPoint[];
  /** Kills, deaths and restarts of the routes' processes since the run began. */
  events: LoadEvent[];
}

export const LOAD_POINTS = 900;

/**
 * The same as it is sent to the shell, twice a second while something goes on: of the points only those that are new, and
 * the last one before them, which may have been made again. `from` counts all points of the run, the forgotten ones too.
 */
export type LoadUpdate = Omit<LoadView, 'points'> & { points: { run: number; from: number; list: LoadPoint[] } };

export type LoadState =
  /** `routes:` may be up all the same: `load:prepare` starts them without a load. */
  | { kind: 'idle' }
  /** Routes are being started for a run. */
  | { kind: 'starting'; form: LoadForm }
  /** `stopping`: no new posts, those in flight are waited for. */
  | { kind: 'running'; form: LoadForm; startedAtMs: number; stopping: boolean }
  /** All is posted; waits for what was accepted and has not arrived. */
  | { kind: 'settling'; form: LoadForm; startedAtMs: number }
  | { kind: 'ended'; form: LoadForm; startedAtMs: number; result: LoadResult }
  | { kind: 'failed'; form: LoadForm; reason: Message };

export type LoadRouteStatus =
  /** Can be started, and isn't. */
  | { kind: 'off' }
  /** `install`: the command that helps, or null. */
  | { kind: 'unavailable'; reason: Message; install: string | null }
  | { kind: 'starting' }
  | { kind: 'running' }
  /** It is up, and its receiver can't reach its system: posts are refused. */
  | { kind: 'away'; reason: Message };

/** Modes that can't be had, by their ids. `install`: the command that helps, or null. */
export type MissingModes = Record<string, { reason: Message; install: string | null }>;

export interface LoadRouteView {
  route: RouteId;
  /** The mode that it runs in, or would. */
  mode: string;
  status: LoadRouteStatus;
  /** Why it could not be had in each of its modes, as of the last look at this machine. */
  missing: MissingModes;
  /** Of the processes in the snapshot, in the order of the path: receiver, server, subscriber. Empty while it is off. */
  processIds: string[];
  /** Where its receiver listens, or null. */
  url: string | null;
  /** Who runs its server; null where it has none. */
  server: 'own' | 'elsewhere' | null;
  /** Of the present run, or the last one; null before the first one with this route. */
  counts: LoadCounts | null;
  /** From the post to its answer, of the whole run. */
  responseMs: LatencyFigures | null;
  /** From when a post was due to its answer; only with a constant rate. */
  correctedMs: LatencyFigures | null;
  /** From the post to the collector, of the whole run. */
  endToEndMs: LatencyFigures | null;
  requestsPerSecond: number;
  failuresPerSecond: number;
  /** Processor time of all its processes per delivered message; null while unknown. */
  cpuUsPerMessage: number | null;
  /** Handed to the system without an answer so far, and the receiver's bound. */
  receiverInFlight: { now: number; most: number } | null;
  /** Taken off the system and not delivered so far, and the subscriber's bound. */
  subscriberInFlight: { now: number; most: number } | null;
  /** Of the present run, or the last one; null where the system has not told. */
  queue: LoadQueue | null;
}

/** Messages that the system has accepted and holds: nobody has acknowledged them yet. */
export interface LoadQueue {
  /** Null: not known at present. */
  now: number | null;
  /** At once, in this run. */
  most: number;
}

/** By id. While a run goes on `lost` is null: what is missing may be on its way. */
export interface LoadCounts {
  sent: number;
  accepted: number;
  /** Arrived, once or more often, while it runs; at the end: exactly once. */
  delivered: number;
  duplicated: number;
  refused: number;
  failed: number;
  lost: number | null;
  /** Posted, without an answer. */
  inFlight: number;
}

/** A process that belongs to no single route. */
export interface LoadPartView {
  processId: string | null;
  url: string | null;
}

export interface LoadFailure {
  route: RouteId;
  kind: 'refused' | 'failed';
  /** What the receiver or the system said. */
  reason: string;
  count: number;
}

/** One second of a run. */
export interface LoadPoint {
  /** Seconds since the run began. */
  atS: number;
  users: number;
  routes: Partial<Record<RouteId, LoadRoutePoint>>;
}

/** Percentiles in milliseconds, of the last half of that second in which there was any; null when there was nothing. */
export interface LoadRoutePoint {
  requestsPerSecond: number;
  failuresPerSecond: number;
  deliveredPerSecond: number;
  responseP50: number | null;
  responseP95: number | null;
  endToEndP50: number | null;
  endToEndP95: number | null;
  /** What the system held at its end; null where it doesn't tell. */
  queued: number | null;
}

/** Records that are left out: how many, and the first of them. */
export interface LoadBadRecords {
  count: number;
  first: ReadonlyArray<{ line: number; problem: string }>;
}

export type ChooseFileOutcome =
  /** Read, and fit to be sent. */
  | { status: 'chosen'; path: string; records: number; bad: LoadBadRecords }
  | { status: 'cancelled' }
  | { status: 'failed'; message: Message };
