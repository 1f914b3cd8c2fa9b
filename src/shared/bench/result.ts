import { anatomyOf } from './anatomy';
import { type ClockFacts, coarseClockWarning } from './clock-check';
import { costsPerRoundTrip, type EndCosts, type FloorCosts, type RoundCosts } from './costs';
import { distributionOf } from './distribution';
import type { PlannedRun } from './plan';
import { type BenchRequest, cyclesOf, type DataPath } from './request';
import { type Interval, medianIntervalOf, pool, ratioIntervalOf } from './round-interval';
import {
  type CorrectedTimes,
  correctedTimes,
  countAnswered,
  countLost,
  countNotSent,
  countUnanswered,
  type Round,
  sortedTimes,
} from './round-samples';
import type { BenchRun, CostsOfEnd } from './schema';
import { disagreementNote, overloadNote, whatDisagrees } from './certainty';
import { countOutliers, type Outliers, spreadOf, summarize } from './statistics';
import { words } from '../messages/message';

/** What one step returned. */
/** `ratePerSecond` where it paused between two messages. */
export type FloorRound =
  | { rttNs: Float64Array; spinNs: number; ratePerSecond?: number | null; costs?: FloorCosts | null }
  | { reason: string };

export interface MeasuredRound extends Round {
  clock: ClockFacts;
  /** Null where the system doesn't tell. */
  costs: RoundCosts | null;
}

/** Everything measured of one run so far. */
export interface RunRecord {
  /** `bulkhead ping` has a route of its own. */
  run: Omit<PlannedRun, 'route'> & { route: string };
  rounds: MeasuredRound[];
  /** Of the rounds, in the same order. */
  floors: FloorRound[];
  /** Rounds that came to nothing, in words, and the pings that they were to send. */
  failures: string[];
  unsent: number;
}

export interface RunSetting {
  request: Pick<BenchRequest, 'mode' | 'rounds' | 'warmup' | 'placement' | 'timeoutMs'> &
    Partial<Pick<BenchRequest, 'thread'>>;
  /** Who moved the bytes: the addon, Node.js, or null where that is no question. */
  io: DataPath | null;
  cpus: { pinger: number[]; answerer: number[] } | null;
  /** Write every round trip into the result. */
  keepSamples?: boolean;
  /** Without intervals, which take most of the time: for figures that are computed anew after every round. */
  provisional?: boolean;
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
      skipped: record.unsent,
      saturated: false,
      per_second: null,
      floor_ns: null,
      ratio_p50: null,
      unavailable,
      detail: null,
    };
  }
  const columns = rounds.map(({ samples }) => samples);
  const open = request.mode.kind === 'open';
  const { sorted, atLeastFromNs } = timesOf(rounds, setting);
  const rtt = summarize(sorted);
  const floor = pooledFloor(record.floors);
  const ratioInterval = setting.provisional === true ? null : ratioIntervalOf(pairsOf(record));
  const answered = sum(columns.map(countAnswered));
  const elapsedNs = sum(rounds.map((round) => round.elapsedNs));
  // In a closed loop nothing is due before its time: there a refusal is the path's own failure.
  const notSent = open ? sum(columns.map(countNotSent)) : 0;
  return {
    ...head,
    rtt_ns: answered === 0 ? null : rtt,
    lost: sum(columns.map(open ? countUnanswered : countLost)),
    skipped: notSent + sum(rounds.map(({ unsent }) => unsent)) + record.unsent,
    saturated: notSent > 0,
    per_second: elapsedNs > 0 ? answered / (elapsedNs / 1e9) : null,
    floor_ns: floor,
    // The floor has no intended times: like is compared with like.
    ratio_p50:
      floor === null || ratioInterval === null ? null : (summarize(sortedTimes(columns, 'sent'))?.p50 ?? 0) / floor.p50,
    unavailable: null,
    detail: detailOf(record, setting, { sorted, atLeastFromNs, ratioInterval, p50: rtt?.p50 ?? null, answered, floor }),
  };
}

/** What the figures are made of. In a closed loop each ping is sent when it is meant to be. */
function timesOf(rounds: readonly MeasuredRound[], { request }: RunSetting): CorrectedTimes {
  if (request.mode.kind === 'open') return correctedTimes(rounds, request.timeoutMs * 1e6);
  return {
    sorted: sortedTimes(
      rounds.map(({ samples }) => samples),
      'sent',
    ),
    atLeastFromNs: null,
  };
}

/** The rounds whose floor was measured, with it. */
function pairsOf({ rounds, floors }: RunRecord) {
  return rounds.flatMap(({ samples }, at) => {
    const floor = floors[at];
    return floor === undefined || 'reason' in floor
      ? []
      : [{ rtt: sortedTimes([samples], 'sent'), floor: floor.rttNs.toSorted() }];
  });
}

interface Figures extends CorrectedTimes {
  ratioInterval: Interval | null;
  p50: number | null;
  answered: number;
  floor: BenchRun['floor_ns'];
}

function detailOf(
  record: RunRecord,
  setting: RunSetting,
  { sorted, atLeastFromNs, ratioInterval, p50, answered, floor }: Figures,
): NonNullable<BenchRun['detail']> {
  const { rounds } = record;
  const { request, io, cpus, keepSamples } = setting;
  const { mode } = request;
  const columns = rounds.map(({ samples }) => samples);
  const times = rounds.map((round) => timesOf([round], setting).sorted);
  const medians = times.map((each) => summarize(each)?.p50).filter((median) => median !== undefined);
  const interval = setting.provisional === true ? null : medianIntervalOf(times);
  const uncorrected = mode.kind === 'open' ? sortedTimes(columns, 'sent') : null;
  const ratios = pairsOf(record).map((pair) => (summarize(pair.rtt)?.p50 ?? 0) / (summarize(pair.floor)?.p50 ?? 0));
  const disagreement =
    whatDisagrees('medians', interval, medians) ?? whatDisagrees('ratios to the floor', ratioInterval, ratios);
  const notSent = mode.kind === 'open' ? sum(columns.map(countNotSent)) : 0;
  const coarse = p50 === null ? null : coarseClockWarning(worstClock(rounds), p50);
  const warnings = [
    coarse,
    notSent === 0 ? null : overloadNote(notSent, cyclesOf(mode)),
    disagreement === null ? null : disagreementNote(disagreement, request),
  ].filter((warning) => warning !== null);
  const notes = [
    ...record.failures,
    ...rounds.map(({ endedEarly }) => endedEarly).filter((reason) => reason !== null),
    ...warnings,
  ];
  return {
    rate_per_second: mode.kind === 'open' ? mode.ratePerSecond : null,
    duration_s: mode.kind === 'open' ? mode.durationS : null,
    samples: answered,
    elapsed_ns: sum(rounds.map((round) => round.elapsedNs)),
    lower_bound_from_ns: answered === 0 ? null : atLeastFromNs,
    uncorrected_rtt_ns: uncorrected === null ? null : summarize(uncorrected),
    p50_ci95_ns: answered === 0 ? null : interval,
    ratio_ci95: ratioInterval,
    rounds_disagree: disagreement !== null,
    round_began_ns: rounds.map(({ beganNs }) => beganNs),
    round_p50_ns: medians,
    spread_p50: spreadOf(medians),
    outliers: snakeCased(countOutliers(sorted)),
    late: sum(rounds.map(({ counts }) => counts.late)),
    duplicate: sum(rounds.map(({ counts }) => counts.duplicate)),
    reordered: sum(rounds.map(({ counts }) => counts.reordered)),
    rejected: sum(rounds.map(({ counts }) => counts.rejected)),
    clock_too_coarse: coarse !== null,
    io,
    thread: request.thread ?? 'main',
    floor_spin_ns: waitOf(record.floors)?.spinNs ?? null,
    floor_rate_per_second: waitOf(record.floors)?.ratePerSecond ?? null,
    ...costsOf(record),
    anatomy: anatomyOf(columns, record.run.route),
    floor_unavailable: floor === null ? (reasonOf(record.floors) ?? words('run.floor-not-measured')) : null,
    cpus,
    notes: [...new Set(notes)],
    distribution: answered === 0 ? null : distributionOf(sorted),
    uncorrected_distribution: uncorrected === null ? null : distributionOf(uncorrected),
    samples_ns:
      keepSamples === true ? columns.flatMap(({ rttNs }) => [...rttNs].filter((ns) => !Number.isNaN(ns))) : null,
  };
}

/** The coarsest step and the costliest reading of all rounds. */
export function worstClock(rounds: ReadonlyArray<{ clock: ClockFacts }>): ClockFacts {
  return {
    resolutionNs: rounds.reduce((worst, { clock }) => Math.max(worst, clock.resolutionNs), 0),
    overheadNs: rounds.reduce((worst, { clock }) => Math.max(worst, clock.overheadNs), 0),
  };
}

function pooledFloor(floors: readonly FloorRound[]): { p50: number; p99: number } | null {
  const measured = floors.flatMap((floor) => ('rttNs' in floor ? [floor.rttNs] : []));
  const summary = summarize(pool(measured));
  return summary === null ? null : { p50: summary.p50, p99: summary.p99 };
}

function waitOf(floors: readonly FloorRound[]) {
  for (const floor of floors) if ('spinNs' in floor) return floor;
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

/** Per answered ping. */
function costsOf({ rounds, floors }: RunRecord) {
  const costs = costsPerRoundTrip(
    rounds.map(({ samples, costs: used }) => ({ costs: used, answered: countAnswered(samples) })),
  );
  const ends = costs === null ? [] : [costs.pinger, costs.answerer].filter((end) => end !== null);
  const floorCosts = floors.flatMap((floor) => ('rttNs' in floor && floor.costs ? [floor.costs] : []));
  const mean = (values: number[]) => (values.length === 0 ? null : sum(values) / values.length);
  return {
    cpu_ns_per_round_trip: costs === null ? null : sum(ends.map(({ cpuNs }) => cpuNs)),
    switches_per_round_trip:
      costs === null ? null : sum(ends.map(({ voluntary, involuntary }) => voluntary + involuntary)),
    costs: costs === null ? null : { pinger: endOf(costs.pinger), answerer: endOf(costs.answerer) },
    floor_cpu_ns_per_round_trip: mean(floorCosts.map(({ cpuNs }) => cpuNs)),
    floor_switches_per_round_trip: mean(floorCosts.map(({ switches }) => switches)),
  };
}

function endOf(end: EndCosts): CostsOfEnd;
function endOf(end: EndCosts | null): CostsOfEnd | null;
function endOf(end: EndCosts | null): CostsOfEnd | null {
  return end === null
    ? null
    : {
        cpu_ns: end.cpuNs,
        kernel_share: end.systemShare,
        run_queue_ns: end.waitNs,
        voluntary_switches: end.voluntary,
        involuntary_switches: end.involuntary,
      };
}
