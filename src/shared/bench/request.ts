import { z } from 'zod';

/** What a person asks the benchmark for, as `bin/bulkhead` read it or the window set it. */

export const PLACEMENTS = ['free', 'same-core', 'cross-core'] as const;
export type Placement = (typeof PLACEMENTS)[number];

/** Largest payload of a run, bytes. A transport may take less. */
export const MAX_SIZE_BYTES = 1024 * 1024;
/** Samples of one run that fit comfortably into memory: 25 bytes each, in two processes. */
export const MAX_CYCLES = 5_000_000;

/** Who reads and writes descriptors: the native addon where it can, or Node.js alone. */
export const DATA_PATHS = ['native', 'node'] as const;
export type DataPath = (typeof DATA_PATHS)[number];

/** Where a process sends, takes the time and answers: its main thread, as most applications do, or a worker thread. */
export const THREADS = ['main', 'worker'] as const;
export type Thread = (typeof THREADS)[number];

export const METRICS = ['min', 'p50', 'p90', 'p99', 'p99_9', 'max', 'mean', 'stdev'] as const;
export type Metric = (typeof METRICS)[number];

const thresholdSchema = z.strictObject({
  /** As the person wrote it: `unix-dgram.p99<500us`. */
  text: z.string(),
  method: z.string(),
  metric: z.enum(METRICS),
  /** `<` is strict. */
  operator: z.enum(['<', '<=']),
  limitNs: z.number().nonnegative(),
});
export type Threshold = z.infer<typeof thresholdSchema>;

const modeSchema = z.discriminatedUnion('kind', [
  /** The next ping goes out when the pong is there. */
  z.strictObject({ kind: z.literal('closed'), cycles: z.number().int().min(1).max(MAX_CYCLES) }),
  /** Pings go out on a fixed grid, whatever became of the ones before. */
  z.strictObject({
    kind: z.literal('open'),
    ratePerSecond: z.number().int().min(1).max(10_000),
    durationS: z.number().positive(),
  }),
]);
export type BenchMode = z.infer<typeof modeSchema>;

export const benchRequestSchema = z.strictObject({
  /** Ids of transports; null: every one that works here. */
  methods: z.array(z.string()).min(1).nullable(),
  /** Routes, or `all`; null: every method's main one when methods were named, otherwise all. */
  routes: z.array(z.string()).min(1).nullable(),
  /** Payload bytes behind the 24-byte frame header. */
  sizes: z.array(z.number().int().min(0).max(MAX_SIZE_BYTES)).min(1),
  placement: z.enum(PLACEMENTS),
  io: z.enum(DATA_PATHS),
  thread: z.enum(THREADS),
  /** Cycles, or seconds, of a whole run; its rounds share them. */
  mode: modeSchema,
  rounds: z.number().int().min(1).max(100),
  /** Closed-loop cycles before each round, not counted. */
  warmup: z.number().int().min(0).max(MAX_CYCLES),
  /** After so long a ping without a pong is lost. */
  timeoutMs: z.number().int().min(10).max(60_000),
  /** Have pings ask for the stages of their round trip. */
  anatomy: z.boolean().optional(),
  /** Measure the kernel floor beside each run. */
  floor: z.boolean(),
  thresholds: z.array(thresholdSchema),
});
export type BenchRequest = z.infer<typeof benchRequestSchema>;

/** Where results go besides standard output. Paths are absolute, or `STANDARD_OUTPUT`, which is the place of one at most. */
export const benchOutputSchema = z.strictObject({
  json: z.string().nullable(),
  csv: z.string().nullable(),
  /** A folder. */
  hgrm: z.string().nullable(),
  html: z.string().nullable(),
  /** The newest pings, for Perfetto's UI. */
  trace: z.string().nullable(),
  /**
   * Drawn over itself on standard error, in plain lines there, or for another program: lines of JSON on this descriptor
   * (`progress.ts`).
   */
  progress: z.union([z.enum(['terminal', 'lines']), z.strictObject({ descriptor: z.number().int().min(3).max(255) })]),
});
export type BenchOutput = z.infer<typeof benchOutputSchema>;

/** Cycles of a closed run, or pings due in an open one. */
export function cyclesOf(mode: BenchMode): number {
  return mode.kind === 'closed' ? mode.cycles : Math.max(1, Math.round(mode.ratePerSecond * mode.durationS));
}
