import { isLost, type Outcome, OUTCOMES, outcomeCode } from '../measure/outcome';
import { type Columns, hasStamps, mapColumns, newColumns, putSample, setColumns } from '../measure/sample-columns';
import type { SampleLog } from '../measure/sample-log';
import type { StampStore } from '../measure/take-stamps';

/**
 * The pings of one round as columns of one length, in order of sequence. Nanoseconds since the round began; NaN where
 * a ping was never sent or never answered. `outcome` holds the codes of `OUTCOMES`.
 */
export type SampleColumns = Columns<'round'>;

/** What happened beside the samples. */
export interface RoundCounts {
  /** Pongs to pings that had been given up, or were never sent. */
  late: number;
  duplicate: number;
  reordered: number;
  /** Runs of bytes that were no frame of this channel. */
  rejected: number;
}

export interface Round {
  samples: SampleColumns;
  counts: RoundCounts;
  /** When it began, on the clock of all rounds: the zero of its samples. */
  beganNs: number;
  /** From the first send to the last answer. */
  elapsedNs: number;
  /** When it was over, from its beginning: so long had waited what was never answered. */
  endedNs: number;
  /**
   * Pings that were still to come when the round broke, besides the samples. None when it was interrupted: nobody wants
   * them any more.
   */
  unsent: number;
  /** Why the round ended before all its cycles were done, or null. */
  endedEarly: string | null;
}

/** Why a round is to end before its time: its path broke, or somebody wants no more of it. */
export interface EarlyEnd {
  reason: string;
  broken: boolean;
}

export function emptyColumns(length: number, stamps = false): SampleColumns {
  return newColumns('round', length, stamps);
}

/** Takes stamps of the samples of a round, of which the first has the sequence number `first`, and which began at `zeroNs`. */
export function stampStore(columns: SampleColumns, first: number, zeroNs: number): StampStore {
  return {
    stamp(sequence, point, ns) {
      columns[point][sequence - first] = point === 'peerErrorNs' ? ns : ns - zeroNs;
    },
    stampOf: (sequence, point) => (columns[point][sequence - first] ?? Number.NaN) + zeroNs,
  };
}

/** The first `length` samples, without a copy. */
export function firstOf(columns: SampleColumns, length: number): SampleColumns {
  return mapColumns('round', columns, (column) => column.subarray(0, length));
}

/** Samples `from` to before `to`, copied: posting a view would carry the whole buffer under it. */
export function copyOf(columns: SampleColumns, from: number, to: number): SampleColumns {
  return mapColumns('round', columns, (column) => column.slice(from, to));
}

/** A probe's log as columns: at most the first `limit` pings. Its zero is `originNs` on the probe's clock. */
export function columnsOfLog(log: SampleLog, limit: number, originNs: number): SampleColumns {
  const columns = emptyColumns(Math.min(limit, log.next - log.first), log.stamped);
  let at = 0;
  for (const sample of log.range(log.first, log.first + columns.outcome.length)) {
    putSample('round', columns, at, sample, originNs);
    at += 1;
  }
  return columns;
}

export function outcomeAt(columns: SampleColumns, at: number): Outcome {
  return OUTCOMES[columns.outcome[at] as number] as Outcome;
}

export function countAnswered(columns: SampleColumns): number {
  return count(columns, (outcome) => outcome === 'answered');
}

export function countLost(columns: SampleColumns): number {
  return count(columns, isLost);
}

/** Those of the lost that had been sent. */
export function countUnanswered(columns: SampleColumns): number {
  return count(columns, (outcome) => isLost(outcome) && !isNotSent(outcome));
}

/** Pings that were due and not sent: there was no room for them, or the sender was too far behind. */
export function countNotSent(columns: SampleColumns): number {
  return count(columns, isNotSent);
}

function isNotSent(outcome: Outcome): boolean {
  return outcome === 'skipped' || outcome === 'refused' || outcome === 'window-full';
}

function count(columns: SampleColumns, matches: (outcome: Outcome) => boolean): number {
  let found = 0;
  for (let at = 0; at < columns.outcome.length; at += 1) if (matches(outcomeAt(columns, at))) found += 1;
  return found;
}

/** Those samples that `keeps` says. */
export function filtered(columns: SampleColumns, keeps: (outcome: Outcome) => boolean): SampleColumns {
  const kept = (_: unknown, at: number) => keeps(outcomeAt(columns, at));
  return mapColumns('round', columns, (column) => column.filter(kept));
}

/** All samples of `pieces`, in their order. */
export function joined(pieces: readonly SampleColumns[]): SampleColumns {
  const length = pieces.reduce((sum, { outcome }) => sum + outcome.length, 0);
  const whole = emptyColumns(length, pieces.some(hasStamps));
  let at = 0;
  for (const piece of pieces) {
    setColumns('round', whole, piece, at);
    at += piece.outcome.length;
  }
  return whole;
}

/** Round trips of the answered pings, sorted: from the actual send, or from the intended one. */
export function sortedTimes(rounds: readonly SampleColumns[], from: 'sent' | 'intended'): Float64Array {
  const times = new Float64Array(rounds.reduce((sum, { outcome }) => sum + outcome.length, 0));
  let count = 0;
  for (const { intendedNs, sentNs, rttNs, outcome } of rounds) {
    for (let at = 0; at < outcome.length; at += 1) {
      if (outcome[at] !== outcomeCode.answered) continue;
      const rtt = rttNs[at] as number;
      times[count] = from === 'sent' ? rtt : rtt + (sentNs[at] as number) - (intendedNs[at] as number);
      count += 1;
    }
  }
  return times.subarray(0, count).sort();
}

export interface CorrectedTimes {
  /** From the intended send, of every ping that was due. */
  sorted: Float64Array;
  /** From this one on a value may be a lower bound; null when every ping was answered. */
  atLeastFromNs: number | null;
}

/**
 * Round trips from the intended send, sorted. A ping that was due and not answered is among them with the time that it
 * waited at least: one that was sent until it was given up, one that could not be sent until the round was over. Left
 * out, an overload would be told by those pings alone that it let through. What the peer's death cut off says nothing
 * about the path, and is left out.
 */
export function correctedTimes(
  rounds: ReadonlyArray<Pick<Round, 'samples' | 'endedNs'>>,
  timeoutNs: number,
): CorrectedTimes {
  const answered = sortedTimes(
    rounds.map(({ samples }) => samples),
    'intended',
  );
  const waits = rounds.flatMap((round) => leastWaits(round, timeoutNs));
  if (waits.length === 0) return { sorted: answered, atLeastFromNs: null };
  const all = new Float64Array(answered.length + waits.length);
  all.set(answered);
  all.set(waits, answered.length);
  return { sorted: all.sort(), atLeastFromNs: waits.reduce((least, wait) => Math.min(least, wait)) };
}

function leastWaits({ samples, endedNs }: Pick<Round, 'samples' | 'endedNs'>, timeoutNs: number): number[] {
  const waits: number[] = [];
  for (let at = 0; at < samples.outcome.length; at += 1) {
    const intended = samples.intendedNs[at] as number;
    switch (outcomeAt(samples, at)) {
      case 'timeout':
        waits.push(timeoutNs + Math.max(0, (samples.sentNs[at] as number) - intended));
        break;
      case 'refused':
      case 'window-full':
      case 'skipped':
        waits.push(Math.max(timeoutNs, endedNs - intended));
        break;
      case 'answered':
      case 'peer-gone':
      case 'pending':
        break;
    }
  }
  return waits;
}
