import { z } from 'zod';
import { THREADS } from '../bench/request';
import { EVENT_KIND_NAMES } from '../event-kinds';
import { NOT_COMPARED } from '../incident';
import { probeSettingsSchema } from '../probe-settings';
import { TERMINATION_REASON_NAMES } from '../termination';
import { TRANSPORT_IDS } from '../transport-catalog';
import { sampleColumnsSchema } from './sample-columns-schema';

/**
 * The recording: one versioned document from which every export derives. Times are nanoseconds since `beganAt` on the
 * browser process's monotonic clock. `docs/recording.schema.json` is made from this file.
 */

export const RECORDING_FORMAT = 'bulkhead-recording';
/** 2 has what is said in codes as well; 1 has its English alone. Both are read, 2 is written. */
export const RECORDING_VERSION = 2;

const ns = z.number().int();
const percentiles = z.object({ count: z.number().int(), p50: ns, p90: ns, p99: ns, p999: ns, max: ns });

/** What is said, for a reader in another language: a code, and what it is made of. A parameter may be a message itself. */
const message = z.object({ code: z.string(), params: z.record(z.string(), z.json()) });

const termination = z.object({
  reason: z.enum(TERMINATION_REASON_NAMES),
  exitCode: z.number().int().nullable(),
  signal: z.string().nullable(),
  pid: z.number().int().nullable(),
  uptimeMs: z.number(),
  atMs: z.number(),
  requested: z.boolean(),
  /** The last lines of the process's standard error, oldest first. */
  lastWords: z.array(z.string()).optional(),
});

const environment = z.object({
  bulkhead: z.string(),
  electron: z.string(),
  chrome: z.string(),
  node: z.string(),
  v8: z.string(),
  runtimeOrigin: z.enum(['override', 'installed', 'downloaded', 'registry-fallback', 'unknown']),
  runtimeDetail: z.string(),
  runtimeSupported: z.boolean(),
  os: z.string(),
  cpu: z.string(),
  cores: z.number().int(),
  memoryBytes: z.number().int(),
  sandboxed: z.boolean(),
  headless: z.boolean(),
});

const channel = z.object({
  id: z.string(),
  label: z.string(),
  process: z.object({ id: z.string(), kind: z.enum(['renderer', 'plugin']), name: z.string() }),
  transport: z.enum(TRANSPORT_IDS),
  /** Which thread of the browser process sent its pings and took the time; not known of recordings from before. */
  thread: z.enum(THREADS).optional(),
  totals: z.object({
    sent: z.number().int(),
    answered: z.number().int(),
    lost: z.number().int(),
    skipped: z.number().int(),
    late: z.number().int(),
    duplicate: z.number().int(),
    reordered: z.number().int(),
    rejected: z.number().int(),
    illStamped: z.number().int().optional(),
  }),
  /** Exact percentiles of all answered samples below. */
  fromSent: percentiles.nullable(),
  fromIntended: percentiles.nullable(),
  /** Samples older than those below, which the recording no longer holds. */
  samplesOmitted: z.number().int(),
  /** Columns of one length, in order of intended time. */
  samples: sampleColumnsSchema,
});

/**
 * What the kernel alone takes for a transport: two native processes with as many bytes on the wire, at the same rate
 * as the channels, over all the time at these settings. Without a rate, as it was written before: a ping-pong with no
 * pause, which is another kind of work than a channel's.
 */
const floor = z.object({
  transport: z.enum(TRANSPORT_IDS),
  payloadBytes: z.number().int(),
  ratePerSecond: z.number().int().optional(),
  /** Round trips. */
  count: z.number().int().optional(),
  p50: ns,
  p99: ns,
});

/** What the chart draws of them: every round trip, of one mechanism of the kernel, which transports may share. */
const floorSeries = z.object({
  id: z.string(),
  transports: z.array(z.enum(TRANSPORT_IDS)),
  samplesOmitted: z.number().int(),
  samples: sampleColumnsSchema,
});

const event = z.object({
  id: z.number().int(),
  kind: z.enum(EVENT_KIND_NAMES),
  tNs: ns,
  processId: z.string().nullable(),
  /** In English. */
  label: z.string(),
  detail: z.string(),
  /** The same in codes; version 1 has none. */
  labelMessage: message.optional(),
  detailMessage: message.optional(),
  termination: termination.nullable(),
});

const notCompared = z.enum(NOT_COMPARED);

/** What wasn't written before there was a comparison is optional. */
const survivor = z.object({
  channelId: z.string(),
  label: z.string().optional(),
  answeredBefore: z.number().int(),
  answeredAfter: z.number().int(),
  lost: z.number().int(),
  p50BeforeNs: ns.nullable(),
  p50AfterNs: ns.nullable(),
  p99BeforeNs: ns.nullable(),
  p99AfterNs: ns.nullable(),
  /** A rise above the limit is more than the channel varies without an incident. */
  comparison: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('compared'), p50LimitNs: ns, p99LimitNs: ns }),
      z.object({ kind: z.literal('not-compared'), reason: notCompared }),
    ])
    .optional(),
});

const comparedWith = {
  /** Channels that were compared, and pairs of windows without an incident that they were held against. */
  channels: z.number().int(),
  comparisons: z.number().int(),
};

const verdict = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('watching') }),
  z.object({ kind: z.literal('steady'), ...comparedWith }),
  z.object({
    kind: z.literal('slowed'),
    slower: z.array(
      z.object({ channelId: z.string(), label: z.string(), percentile: z.enum(['p50', 'p99']), changeNs: ns }),
    ),
    ...comparedWith,
  }),
  z.object({
    kind: z.literal('not-measured'),
    reason: z.enum(['no-survivors', ...notCompared.exclude(['watching']).options]),
  }),
]);

const incident = z.object({
  id: z.number().int(),
  eventId: z.number().int(),
  processId: z.string(),
  processName: z.string(),
  /** In English. */
  how: z.string(),
  howMessage: message.optional(),
  /** When it began; in recordings without `noticedNs`, when it was noticed. */
  atNs: ns,
  startKnownFrom: z.enum(['request', 'heartbeat', 'notice']).optional(),
  noticedNs: ns.optional(),
  windowNs: ns,
  /** `cut-short`: the recording ended before the verdict was there. Earlier recordings say `collecting`. */
  status: z.enum(['collecting', 'final', 'cut-short']),
  survivors: z.array(survivor),
  survivorsLost: z.number().int(),
  verdict: verdict.optional(),
  measuredAgainAfterNs: ns.nullable(),
});

export const recordingSchema = z.object({
  format: z.literal(RECORDING_FORMAT),
  version: z.literal([1, RECORDING_VERSION]),
  /** Wall-clock time of the recording's zero, ISO 8601 in UTC. */
  beganAt: z.iso.datetime(),
  /** When it was cut. */
  endedAtNs: ns,
  environment,
  /** As they stood at the end; every change before is an event. */
  settings: probeSettingsSchema,
  events: z.array(event),
  incidents: z.array(incident),
  /** Of the transports that were measured, with every payload that they were measured with. Recordings before 0.2 have none. */
  floors: z.array(floor).optional(),
  channels: z.array(channel),
  /** Earlier recordings have none. */
  floorSeries: z.array(floorSeries).optional(),
});

export type Recording = z.infer<typeof recordingSchema>;
export type RecordedChannel = z.infer<typeof channel>;
export type RecordedFloorSeries = z.infer<typeof floorSeries>;
