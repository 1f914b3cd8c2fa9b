import { outcomeCode, isLost, OUTCOMES, type Outcome, type SampleLog } from '../measure/sample-log';

/**
 * The pings of one round as columns of one length, in order of sequence. Nanoseconds since the round began; NaN where
 * a ping was never sent or never answered. `outcome` holds the codes of `OUTCOMES`.
 */
export interface SampleColumns {
  intendedNs: Float64Array;
  sentNs: Float64Array;
  /** From the actual send. */
  rttNs: Float64Array;
  outcome: Uint8Array;
}

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
  /** From the first send to the last answer. */
  elapsedNs: number;
  /** Why the round ended before all its cycles were done, or null. */
  endedEarly: string | null;
}

export function emptyColumns(length: number): SampleColumns {
  return {
    intendedNs: new Float64Array(length).fill(Number.NaN),
    sentNs: new Float64Array(length).fill(Number.NaN),
    rttNs: new Float64Array(length).fill(Number.NaN),
    outcome: new Uint8Array(length),
  };
}

/** The first `length` samples, without a copy. */
export function firstOf(columns: SampleColumns, length: number): SampleColumns {
  return {
    intendedNs: columns.intendedNs.subarray(0, length),
    sentNs: columns.sentNs.subarray(0, length),
    rttNs: columns.rttNs.subarray(0, length),
    outcome: columns.outcome.subarray(0, length),
  };
}

/** A probe's log as columns: at most the first `limit` pings. Its zero is `originNs` on the probe's clock. */
export function columnsOfLog(log: SampleLog, limit: number, originNs: number): SampleColumns {
  const columns = emptyColumns(Math.min(limit, log.next - log.first));
  let at = 0;
  for (const sample of log.range(log.first, log.first + columns.outcome.length)) {
    columns.intendedNs[at] = sample.intendedNs - originNs;
    columns.sentNs[at] = sample.sentNs - originNs;
    columns.rttNs[at] = sample.rttNs;
    columns.outcome[at] = outcomeCode[sample.outcome];
    at += 1;
  }
  return columns;
}

export function outcomeAt(columns: SampleColumns, at: number): Outcome {
  return OUTCOMES[columns.outcome[at] as number] as Outcome;
}

export function countLost(columns: SampleColumns): number {
  let lost = 0;
  for (let at = 0; at < columns.outcome.length; at += 1) if (isLost(outcomeAt(columns, at))) lost += 1;
  return lost;
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
