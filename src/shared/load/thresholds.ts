import { z } from 'zod';
import { type Message, say } from '../messages/message';
import type { LoadResultRoute } from './result';

export const LOAD_METRICS = ['min', 'p50', 'p90', 'p95', 'p99', 'max'] as const;

/** A limit such as `nats.p95<50ms`, as `bin/bulkhead` read it. */
export const loadThresholdSchema = z.strictObject({
  text: z.string(),
  route: z.string(),
  /** Of what: from the post to the collector, or to its answer. */
  of: z.enum(['end-to-end', 'response']),
  metric: z.enum(LOAD_METRICS),
  /** `<` is strict. */
  operator: z.enum(['<', '<=']),
  limitMs: z.number().nonnegative(),
});
export type LoadThreshold = z.infer<typeof loadThresholdSchema>;

export interface LoadThresholdVerdict {
  /** `unchecked`: the route has no such figure. */
  result: 'held' | 'failed' | 'unchecked';
  told: Message;
}

export function judgeLoad(threshold: LoadThreshold, routes: readonly LoadResultRoute[]): LoadThresholdVerdict {
  const row = routes.find(({ route }) => route === threshold.route);
  const figures = threshold.of === 'response' ? row?.response_ms : row?.end_to_end_ms;
  if (figures === null || figures === undefined)
    return { result: 'unchecked', told: say('load.threshold-unchecked', { threshold: threshold.text }) };
  const ms = figures[threshold.metric];
  const holds = threshold.operator === '<' ? ms < threshold.limitMs : ms <= threshold.limitMs;
  return {
    result: holds ? 'held' : 'failed',
    told: say(holds ? 'load.threshold-held' : 'load.threshold-failed', { threshold: threshold.text, ms }),
  };
}
