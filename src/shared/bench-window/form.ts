import { z } from 'zod';
import { type BenchRequest, DATA_PATHS, PLACEMENTS, THREADS } from '../bench/request';
import { ALL_ROUTES } from '../bench/routes';
import { TRANSPORT_IDS } from '../transport-catalog';
import { BENCH_LIMITS as LIMITS } from './limits';

const whole = ({ min, max }: { min: number; max: number }) => z.number().int().min(min).max(max);
const different = (values: readonly unknown[]) => new Set(values).size === values.length;

/** What the window asks the benchmark for: bounded everywhere, because a page asks. */
export const benchFormSchema = z.strictObject({
  methods: z.array(z.enum(TRANSPORT_IDS)).min(1).max(TRANSPORT_IDS.length).refine(different, 'each method once'),
  /** Also those beside each method's first one. */
  allRoutes: z.boolean(),
  sizes: z.array(whole(LIMITS.sizeBytes)).min(1).max(LIMITS.sizes).refine(different, 'each size once'),
  placement: z.enum(PLACEMENTS),
  io: z.enum(DATA_PATHS),
  thread: z.enum(THREADS).default('main'),
  mode: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('closed'), cycles: whole(LIMITS.cycles) }),
    z
      .strictObject({
        kind: z.literal('open'),
        ratePerSecond: whole(LIMITS.ratePerSecond),
        durationS: z.number().min(LIMITS.durationS.min).max(LIMITS.durationS.max),
      })
      .refine(
        ({ ratePerSecond, durationS }) => ratePerSecond * durationS <= LIMITS.cycles.max,
        `rate times duration at most ${LIMITS.cycles.max}`,
      ),
  ]),
  rounds: whole(LIMITS.rounds),
  warmup: whole(LIMITS.warmup),
  timeoutMs: whole(LIMITS.timeoutMs),
  /** Measure the kernel floor beside each run. */
  floor: z.boolean(),
  /** Measure the stages of every round trip. */
  anatomy: z.boolean().optional(),
  /** The live channels go on being measured meanwhile, and disturb. */
  keepLive: z.boolean(),
});
export type BenchForm = z.infer<typeof benchFormSchema>;

/** The form as the benchmark is asked. Whether the live channels rest is none of its business. */
export function requestOf(form: BenchForm): BenchRequest {
  const { allRoutes, keepLive: _, ...asked } = form;
  return { ...asked, routes: allRoutes ? [ALL_ROUTES] : null, thresholds: [] };
}
