import type { MeasuredRound, RunRecord, RunSetting } from './result';
import { emptyColumns } from './round-samples';
import { outcomeCode } from '../measure/outcome';

/** Made-up measurements for tests. */

export const FINE_CLOCK = { resolutionNs: 1, overheadNs: 80 };

/** A round of these round trips; null is a ping that was lost. `latenessNs` is from the intended to the actual send. */
export function roundOf(
  rttsNs: ReadonlyArray<number | null>,
  changes: Partial<MeasuredRound> = {},
  latenessNs = 0,
): MeasuredRound {
  const samples = emptyColumns(rttsNs.length);
  rttsNs.forEach((rttNs, at) => {
    samples.intendedNs[at] = at * 1e6;
    samples.sentNs[at] = at * 1e6 + latenessNs;
    samples.rttNs[at] = rttNs ?? Number.NaN;
    samples.outcome[at] = rttNs === null ? outcomeCode.timeout : outcomeCode.answered;
  });
  return {
    samples,
    counts: { late: 0, duplicate: 0, reordered: 0, rejected: 0 },
    beganNs: 0,
    elapsedNs: 1e9,
    endedNs: 1e9,
    unsent: 0,
    endedEarly: null,
    clock: FINE_CLOCK,
    ...changes,
  };
}

export function recordOf(rounds: MeasuredRound[], changes: Partial<RunRecord> = {}): RunRecord {
  return {
    run: { index: 0, method: 'fifo', route: 'plugin-plugin', sizeBytes: 64, unavailable: null },
    rounds,
    floors: [],
    failures: [],
    unsent: 0,
    ...changes,
  };
}

export const CLOSED: RunSetting = {
  request: { mode: { kind: 'closed', cycles: 4 }, rounds: 2, warmup: 10, placement: 'free', timeoutMs: 2000 },
  io: null,
  cpus: null,
};
export const OPEN: RunSetting = {
  ...CLOSED,
  request: { ...CLOSED.request, mode: { kind: 'open', ratePerSecond: 1000, durationS: 1 } },
};
