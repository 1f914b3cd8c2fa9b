import { z } from 'zod';
import { latencyFiguresSchema } from '../routes/latency';

/** What the programs of the routes post to whoever runs them. Checked: a process may say anything. */

const count = z.int().min(0);
const figures = latencyFiguresSchema.nullable();
const away = z.string().nullable();

export const receiverStatsSchema = z.object({
  type: z.literal('stats'),
  away,
  inFlight: count,
  maxInFlight: count,
  /** What the system holds for the subscriber, where it tells. */
  queue: count.nullable().default(null),
});
export type ReceiverStats = z.infer<typeof receiverStatsSchema>;

export const subscriberStatsSchema = receiverStatsSchema.omit({ queue: true }).extend({
  /** Taken off and not acknowledged, where `queue` doesn't count these. */
  held: count.nullable().default(null),
});
export type SubscriberStats = z.infer<typeof subscriberStatsSchema>;

export const collectorStatsSchema = z.object({
  type: z.literal('stats'),
  posts: count,
  paths: z.record(z.string(), z.object({ distinct: count, duplicated: count, withoutId: count })),
  followed: z
    .object({
      run: z.string(),
      paths: z.record(
        z.string(),
        z.object({ distinct: count, duplicated: count, endToEndMs: figures, recentMs: figures.default(null) }),
      ),
    })
    .nullable(),
});
export type CollectorStats = z.infer<typeof collectorStatsSchema>;

const reasons = z.array(z.object({ reason: z.string(), count }));
const lane = z.object({
  path: z.string(),
  sent: count,
  accepted: count,
  refused: count,
  failed: count,
  inFlight: count,
  reasons: z.object({ refused: reasons, failed: reasons }),
  responseMs: figures,
  correctedMs: figures,
  recentMs: figures.default(null),
});
export type LaneStats = z.infer<typeof lane>;

const account = z.object({
  sent: count,
  accepted: count,
  delivered: count,
  duplicated: count,
  refused: count,
  failed: count,
  lost: count,
  unfinished: count,
  arrivedAnyway: count,
  reasons: z.object({ refused: reasons, failed: reasons }),
});

export const generatorReportSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('bad-records'),
    count,
    first: z.array(z.object({ line: count, problem: z.string() })),
  }),
  z.object({ type: z.literal('ready'), records: count }),
  z.object({
    type: z.literal('stats'),
    phase: z.enum(['posting', 'settling', 'ended']),
    users: count,
    inFlight: count,
    maxInFlight: count,
    lagMs: figures,
    lanes: z.array(lane),
  }),
  z.object({
    type: z.literal('result'),
    seconds: z.number(),
    lagMs: figures,
    lanes: z.array(
      lane.extend({
        account: account.optional(),
        locust: z.object({ mean: z.number(), percentiles: z.array(z.number()) }).nullable(),
      }),
    ),
    /** Why it can't be said what has arrived. */
    problem: z.string().optional(),
  }),
]);
export type GeneratorReport = z.infer<typeof generatorReportSchema>;
export type GeneratorStats = Extract<GeneratorReport, { type: 'stats' }>;
export type GeneratorResult = Extract<GeneratorReport, { type: 'result' }>;
