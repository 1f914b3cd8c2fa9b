import { z } from 'zod';
import { benchResultSchema, benchRunSchema } from './schema';

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

/** Figures before the end: first every run that is planned, without any; then a run anew after each of its rounds. */
export const benchPartialSchema = z.union([
  z.strictObject({ begun: benchResultSchema }),
  z.strictObject({ measured: z.strictObject({ index: count, run: benchRunSchema }) }),
]);
export type BenchPartial = z.infer<typeof benchPartialSchema>;

/** Null before the first step: it says no more than that the benchmark is alive. */
export const progressLineSchema = z.union([benchProgressSchema, benchPartialSchema]).nullable();
