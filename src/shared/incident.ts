import type { Message } from './messages/message';

/** The verdict on one death or hang, computed from the samples of everything that survived it. */

/** Everything Bulkhead can say about one incident. */
export interface Incident {
  id: number;
  /** The event by which Bulkhead learned of it. */
  eventId: number;
  processId: string;
  processName: string;
  /** `crashed (exit code 5)`, `stopped answering`, … */
  how: Message;
  /** When it began, as well as that is known. Nanoseconds since the recording began, like all times here. */
  atNs: number;
  startKnownFrom: StartKnownFrom;
  /** When Bulkhead learned of it. */
  noticedNs: number;
  /** Length of the window on each side, nanoseconds. */
  windowNs: number;
  /**
   * `collecting` until the window after the incident has passed, every ping in it is settled, and all is compared.
   * `cut-short` in a recording that ended before.
   */
  status: 'collecting' | 'final' | 'cut-short';
  survivors: SurvivorVerdict[];
  /** Sum over the survivors. */
  survivorsLost: number;
  verdict: Verdict;
  /** Nanoseconds from the incident to the first answered ping of the same process, or null so far. */
  measuredAgainAfterNs: number | null;
}

/** Where an incident's start comes from: the person asked for it, a heartbeat stayed unanswered, or it was just noticed. */
export type StartKnownFrom = 'request' | 'heartbeat' | 'notice';

/** What one surviving channel's samples say about an incident. The figures are 0 and null until all of them are in. */
export interface SurvivorVerdict {
  channelId: string;
  label: string;
  /** Pings answered in the window before and after. */
  answeredBefore: number;
  answeredAfter: number;
  /** Pings lost to the incident: under way when it began or due in the window after it. */
  lost: number;
  /** Nanoseconds; null when the window holds no answered ping. */
  p50BeforeNs: number | null;
  p50AfterNs: number | null;
  p99BeforeNs: number | null;
  p99AfterNs: number | null;
  comparison: Comparison;
}

/** Whether a channel's change can be held against what it does without an incident. */
export type Comparison =
  /** A rise above the limit, in nanoseconds, is more than the channel varies by itself. */
  { kind: 'compared'; p50LimitNs: number; p99LimitNs: number } | { kind: 'not-compared'; reason: NotCompared };

/** In the order in which they are looked for. */
export const NOT_COMPARED = [
  /** The window after isn't over. */
  'watching',
  /** Its own process failed in either window. */
  'own-incident',
  /** Something else died or hung in either window, so a change could be of that. */
  'other-incident',
  /** A process was launched in either window. */
  'launch',
  /** Rate, payload or time limit changed in either window. */
  'settings-changed',
  'few-pings',
  /** Too few pairs of windows without an incident before, so what it does by itself isn't known. */
  'short-history',
  /** The recording ended before the window after did. */
  'recording-ended',
] as const;
export type NotCompared = (typeof NOT_COMPARED)[number];

/** Whether the others became slower. What they lost is `survivorsLost`, a fact apart. */
export type Verdict =
  | { kind: 'watching' }
  /** No channel's change is more than it varies by itself. */
  | { kind: 'steady'; channels: number; comparisons: number }
  /** The worst first. */
  | { kind: 'slowed'; slower: SlowerChannel[]; channels: number; comparisons: number }
  | { kind: 'not-measured'; reason: Exclude<NotCompared, 'watching'> | 'no-survivors' };

/** A channel whose round trips rose by more than it varies by itself. */
export interface SlowerChannel {
  channelId: string;
  label: string;
  percentile: 'p50' | 'p99';
  changeNs: number;
}
