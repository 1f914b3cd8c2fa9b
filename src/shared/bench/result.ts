import { type ClockFacts, coarseClockWarning } from './clock-check';
import { distributionOf } from './distribution';
import { medianInterval } from './median-interval';
import type { PlannedRun } from './plan';
import { type BenchRequest, cyclesOf, type DataPath } from './request';
import { countLost, type Round, sortedTimes } from './round-samples';
import type { BenchRun } from './schema';
import { countOutliers, type Outliers, spreadOf, summarize } from './statistics';

/** What one step brought home. */
export type FloorRound = { rttNs: Float64Array; spinNs: number } | { reason: string };

export interface MeasuredRound extends Round {
  clock: ClockFacts;
}

/** Everything measured of one run so far. */
export interface RunRecord {
  /** `bulkhead ping` has a route of its own. */
  run: Omit<PlannedRun, 'route'> & { route: string };
  rounds: MeasuredRound[];
  floors: FloorRound[];
  /** Rounds that came to nothing, in words. */
  failures: string[];
}

export interface RunSetting {
  request: Pick<BenchRequest, 'mode' | 'rounds' | 'warmup' | 'placement'>;
  /** Who moved the bytes: the addon, Node.js, or null where that is no question. */
  io: DataPath | null;
  cpus: { pinger: number[]; answerer: number[] } | null;
  /** Write every round trip into the result. */
  keepSamples?: boolean;
}

/** One row of the result, computed anew from all the samples of all its rounds. */
export function resultOf(record: RunRecord, setting: RunSetting): BenchRun {
  const { run, rounds } = record;
  const { request } = setting;
  const head = {
    method: run.method,
    route: run.route,
    size: run.sizeBytes,
    placement: request.placement,
    mode: request.mode.kind,
    warmup: request.warmup,
    cycles: cyclesOf(request.mode),
    rounds: request.rounds,
  };
  const unavailable = run.unavailable ?? (rounds.length === 0 ? (record.failures[0] ?? null) : null);
  if (unavailable !== null || rounds.length === 0) {
    return {
      ...head,
      rtt_ns: null,
      lost: 0,
      per_second: null,
      floor_ns: null,
      ratio_p50: null,
      unavailable,
      detail: null,
    };
  }
  const columns = rounds.map(({ samples }) => samples);
  const open = request.mode.kind === 'open';
  const sorted = sortedTimes(columns, open ? 'intended' : 'sent');
  const rtt = summarize(sorted);
  const floor = pooledFloor(record.floors);
  const elapsedNs = sum(rounds.map((round) => round.elapsedNs));
  return {
    ...head,
    rtt_ns: rtt,
    lost: sum(columns.map(countLost)),
    per_second: elapsedNs > 0 ? sorted.length / (elapsedNs / 1e9) : null,
    floor_ns: floor,
    // The floor has no intended times: like is compared with like.
    ratio_p50:
      rtt === null || floor === null || floor.p50 === 0
        ? null
        : (open ? (summarize(sortedTimes(columns, 'sent'))?.p50 ?? 0) : rtt.p50) / floor.p50,
    unavailable: null,
    detail: detailOf(record, setting, sorted, rtt?.p50 ?? null, floor !== null),
  };
}

function detailOf(
  record: RunRecord,
  { request, io, cpus, keepSamples }: RunSetting,
  sorted: Float64Array,
  p50: number | null,
  hasFloor: boolean,
): NonNullable<BenchRun['detail']> {
  const { rounds } = record;
  const { mode } = request;
  const columns = rounds.map(({ samples }) => samples);
  const medians = columns
    .map((each) => summarize(sortedTimes([each], mode.kind === 'open' ? 'intended' : 'sent'))?.p50)
    .filter((median) => median !== undefined);
  const uncorrected = mode.kind === 'open' ? sortedTimes(columns, 'sent') : null;
  const warning = p50 === null ? null : coarseClockWarning(worstClock(rounds), p50);
  const notes = [...record.failures, ...rounds.map(({ endedEarly }) => endedEarly).filter((reason) => reason !== null)];
  return {
    rate_per_second: mode.kind === 'open' ? mode.ratePerSecond : null,
    duration_s: mode.kind === 'open' ? mode.durationS : null,
    samples: sorted.length,
    elapsed_ns: sum(rounds.map((round) => round.elapsedNs)),
    uncorrected_rtt_ns: uncorrected === null ? null : summarize(uncorrected),
    p50_ci95_ns: medianInterval(sorted),
    round_p50_ns: medians,
    spread_p50: spreadOf(medians),
    outliers: snakeCased(countOutliers(sorted)),
    late: sum(rounds.map(({ counts }) => counts.late)),
    duplicate: sum(rounds.map(({ counts }) => counts.duplicate)),
    reordered: sum(rounds.map(({ counts }) => counts.reordered)),
    rejected: sum(rounds.map(({ counts }) => counts.rejected)),
    clock_too_coarse: warning !== null,
    io,
    floor_spin_ns: spinOf(record.floors),
    floor_unavailable: hasFloor ? null : (reasonOf(record.floors) ?? 'It was not measured.'),
    cpus,
    notes: [...new Set(warning === null ? notes : [...notes, warning])],
    distribution: distributionOf(sorted),
    uncorrected_distribution: uncorrected === null ? null : distributionOf(uncorrected),
    samples_ns:
      keepSamples === true ? columns.flatMap(({ rttNs }) => [...rttNs].filter((ns) => !Number.isNaN(ns))) : null,
  };
}

/** The coarsest step and the dearest reading of all rounds. */
export function worstClock(rounds: ReadonlyArray<{ clock: ClockFacts }>): ClockFacts {
  return {
    resolutionNs: rounds.reduce((worst, { clock }) => Math.max(worst, clock.resolutionNs), 0),
    overheadNs: rounds.reduce((worst, { clock }) => Math.max(worst, clock.overheadNs), 0),
  };
}

function pooledFloor(floors: readonly FloorRound[]): { p50: number; p99: number } | null {
  const measured = floors.flatMap((floor) => ('rttNs' in floor ? [floor.rttNs] : []));
  const pooled = new Float64Array(sum(measured.map(({ length }) => length)));
  let at = 0;
  for (const rttNs of measured) {
    pooled.set(rttNs, at);
    at += rttNs.length;
  }
  const summary = summarize(pooled.sort());
  return summary === null ? null : { p50: summary.p50, p99: summary.p99 };
}

function spinOf(floors: readonly FloorRound[]): number | null {
  for (const floor of floors) if ('spinNs' in floor) return floor.spinNs;
  return null;
}

function reasonOf(floors: readonly FloorRound[]): string | null {
  for (const floor of floors) if ('reason' in floor) return floor.reason;
  return null;
}

function snakeCased(outliers: Outliers | null) {
  return outliers === null
    ? null
    : {
        low: outliers.low,
        high: outliers.high,
        low_fence_ns: outliers.lowFenceNs,
        high_fence_ns: outliers.highFenceNs,
      };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
