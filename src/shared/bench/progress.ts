import { z } from 'zod';

const count = z.number().int().nonnegative();

/** How far a benchmark has come, as one program tells another: a line of JSON each. */
export const benchProgressSchema = z.strictObject({
  /** Which step of how many, from 1: a method at a size in a round. */
  number: count,
  steps: count,
  /** From 1. */
  round: count,
  rounds: count,
  method: z.string().max(100),
  route: z.string().max(100),
  /** Payload bytes. */
  size: count,
  /** Pings of this step that are done, and that there will be. */
  settled: count,
  cycles: count,
  /** Estimate, or null while there is nothing to go by. */
  leftMs: z.number().nonnegative().nullable(),
});
export type BenchProgress = z.infer<typeof benchProgressSchema>;

/** Null before the first step: it says no more than that the benchmark is alive. */
export const progressLineSchema = benchProgressSchema.nullable();
