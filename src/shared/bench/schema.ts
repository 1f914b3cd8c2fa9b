import { z } from 'zod';
import { STAGE_POINTS } from '../measure/stages';
import { DATA_PATHS, PLACEMENTS, THREADS } from './request';

/**
 * The result of a benchmark. `docs/bench.schema.json` is made from this file. Names are in snake case, as the issue
 * that asked for it has them: the document is for other programs.
 */

export const BENCH_VERSION = 1;

const ns = z.number();
const count = z.number().int().nonnegative();
const summary = z.object({ min: ns, p50: ns, p90: ns, p99: ns, p99_9: ns, max: ns, mean: ns, stdev: ns });

const environment = z.object({
  /** When it began, ISO 8601 in UTC. */
  began_at: z.iso.datetime(),
  /** Ended by Ctrl+C: what was measured until then. */
  interrupted: z.boolean(),
  bulkhead: z.string(),
  electron: z.string(),
  chrome: z.string(),
  node: z.string(),
  v8: z.string(),
  runtime_origin: z.string(),
  os: z.string(),
  cpu: z.string(),
  cores: count,
  memory_bytes: count,
  sandboxed: z.boolean(),
  /** Load average over one minute when it began: 0 on an idle machine. */
  load_average: z.number(),
  /** `net.unix.max_dgram_qlen`, or null where there is none. */
  max_dgram_qlen: z.number().int().nullable(),
  /** The pingers' clock: the coarsest step and the costliest reading of all rounds. Null when nothing was measured. */
  clock: z.object({ source: z.string(), resolution_ns: ns, overhead_ns: ns }).nullable(),
});

const distribution = z.object({
  /** For a box beside p50 and p99 of the summary. */
  p1_ns: ns,
  p25_ns: ns,
  p75_ns: ns,
  /**
   * What HdrHistogram's percentile format has, but exact: at this fraction of the samples the value that so many don't
   * exceed, and how many in fact don't. From 0 (the minimum) to 1 (the maximum), ever denser.
   */
  rows: z.array(z.object({ fraction: z.number().min(0).max(1), ns, count })),
});

/** What one end, a whole process, used per answered ping. */
const endCosts = z.object({
  /** On a core, nanoseconds. */
  cpu_ns: z.number(),
  /** Share of that in the kernel; null when it was too short to tell. */
  kernel_share: z.number().nullable(),
  /** Ready to run and without a core, nanoseconds. */
  run_queue_ns: z.number(),
  voluntary_switches: z.number(),
  involuntary_switches: z.number(),
});
export type CostsOfEnd = z.infer<typeof endCosts>;

const anatomyOfPings = z.object({
  /** It is the mean of so many pings. */
  pings: count,
  /** From the intended send. */
  rtt_ns: ns,
  /** In order; they add up to `rtt_ns`. `share` is of it, 0 to 1. */
  stages: z.array(
    z.object({
      id: z.string(),
      from: z.enum(STAGE_POINTS),
      to: z.enum(STAGE_POINTS),
      /** What happens in it. */
      title: z.string(),
      ns,
      share: z.number(),
    }),
  ),
});

const detail = z.object({
  /** Open loop only. */
  rate_per_second: z.number().nullable(),
  duration_s: z.number().nullable(),
  /** Answered pings. */
  samples: count,
  elapsed_ns: ns,
  /**
   * Open loop only: pings that were due and not answered are in `rtt_ns` with the time that they waited at least, so
   * figures of this value or more are lower bounds. Null: all are exact.
   */
  lower_bound_from_ns: ns.nullable().default(null),
  /**
   * Open loop only: from the actual send, of answered pings alone, as a closed loop would have it. `rtt_ns` is from the
   * intended one.
   */
  uncorrected_rtt_ns: summary.nullable(),
  /** 95 % confidence interval of p50: whole rounds drawn again (cluster bootstrap). */
  p50_ci95_ns: z.object({ low: ns, high: ns }).nullable(),
  /** The same of `ratio_p50`, each round drawn with its floor; null in results of earlier versions. */
  ratio_ci95: z.object({ low: z.number(), high: z.number() }).nullable().default(null),
  /** The interval of p50 is too wide to say much: the notes have what to do. */
  rounds_disagree: z.boolean().default(false),
  /**
   * When each measured round began, in order: on one clock for all rounds and runs of the document, whichever process
   * measured them. Absent in results of earlier versions.
   */
  round_began_ns: z.array(ns).default([]),
  /** p50 of each round, in order. */
  round_p50_ns: z.array(ns),
  /** (largest − smallest) ÷ median of the rounds' p50; null with fewer than two. */
  spread_p50: z.number().nullable(),
  /** Beyond Tukey's outer fences (3 interquartile ranges). Counted, and kept in every figure. */
  outliers: z.object({ low: count, high: count, low_fence_ns: ns, high_fence_ns: ns }).nullable(),
  late: count,
  duplicate: count,
  reordered: count,
  rejected: count,
  clock_too_coarse: z.boolean(),
  /** Who read and wrote the descriptors: the native addon, Node.js alone, or null where that is no question. */
  io: z.enum(DATA_PATHS).nullable().default(null),
  /** Which thread of its processes sent, took the time and answered; results of earlier versions are of the main ones. */
  thread: z.enum(THREADS).default('main'),
  /** How long the floor's ends looked for a message before they slept, as the run's own do. Null without a floor. */
  floor_spin_ns: ns.nullable().default(null),
  /** An open loop's floor is one at the same rate; null where it had no pause, as with all floors of earlier versions. */
  floor_rate_per_second: z.number().nullable().default(null),
  /** Processor time of both ends, whole processes, per answered ping, nanoseconds; null where the system doesn't tell. */
  cpu_ns_per_round_trip: z.number().nullable().default(null),
  /** Context switches of both, voluntary and not. */
  switches_per_round_trip: z.number().nullable().default(null),
  /** Per answered ping and end. */
  costs: z.object({ pinger: endCosts, answerer: endCosts.nullable() }).nullable().default(null),
  /** The floor's two processes together. */
  floor_cpu_ns_per_round_trip: z.number().nullable().default(null),
  floor_switches_per_round_trip: z.number().nullable().default(null),
  /** Where the time of the pings around these percentiles goes, and in words; null when it wasn't asked for. */
  anatomy: z
    .object({
      /** Answered pings that had been asked for their stages: these percentiles are theirs. Null in earlier results. */
      taken_apart: count.nullable().default(null),
      p50: anatomyOfPings,
      p90: anatomyOfPings,
      p99: anatomyOfPings,
      sentences: z.array(z.string()),
    })
    .nullable()
    .default(null),
  /** Why there is no floor, or null. */
  floor_unavailable: z.string().nullable(),
  /** CPUs of both ends, or null when they were free. */
  cpus: z.object({ pinger: z.array(count), answerer: z.array(count) }).nullable(),
  notes: z.array(z.string()),
  /** Of what `rtt_ns` is made of; absent in results of earlier versions. */
  distribution: distribution.nullable().default(null),
  /** Open loop only: of what `uncorrected_rtt_ns` is made of. */
  uncorrected_distribution: distribution.nullable().default(null),
  /** Every round trip in order, where the client of `bulkhead ping` writes them; else null. */
  samples_ns: z.array(ns).nullable(),
});

const run = z.object({
  method: z.string(),
  /** Which kinds of process, pinging one first. */
  route: z.string(),
  /** Payload bytes; the frame has 24 more. */
  size: count,
  placement: z.enum(PLACEMENTS),
  mode: z.enum(['closed', 'open']),
  /** Cycles before each round, not counted. */
  warmup: count,
  /** Asked for, over all rounds. */
  cycles: count,
  rounds: count,
  /** Null when nothing was answered. */
  rtt_ns: summary.nullable(),
  /** Sent and not answered in time; in a closed loop, refused ones too. */
  lost: count,
  /** Never sent: due in an open loop with no room or no time to send them, or still to come when a round broke. */
  skipped: count.default(0),
  /** An open loop asked for more than the path, or the sender, carries: pings that were due could not be sent. */
  saturated: z.boolean().default(false),
  per_second: z.number().nullable(),
  floor_ns: z.object({ p50: ns, p99: ns }).nullable(),
  ratio_p50: z.number().nullable(),
  unavailable: z.string().nullable(),
  detail: detail.nullable(),
});

export const benchResultSchema = z.object({
  version: z.literal(BENCH_VERSION),
  environment,
  runs: z.array(run),
});

/** A row of a result by itself. */
export { run as benchRunSchema };

export type BenchResult = z.infer<typeof benchResultSchema>;
export type BenchRun = z.infer<typeof run>;
export type BenchDistribution = z.infer<typeof distribution>;
export type BenchEnvironment = BenchResult['environment'];

/** The JSON Schema in `docs/`. */
export function benchJsonSchema(): object {
  // As input: what may be absent is not required.
  return { ...z.toJSONSchema(benchResultSchema, { io: 'input' }), title: 'Result of bulkhead bench, version 1' };
}
