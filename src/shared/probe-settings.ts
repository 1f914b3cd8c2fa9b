import { z } from 'zod';

/** How every channel is probed. Applies to all channels at once, so that lines on one chart compare. */
export const probeSettingsSchema = z.strictObject({
  /** Pings per second and channel. */
  ratePerSecond: z.number().int().min(1).max(1000),
  /** Bytes of payload behind the 24-byte frame header. */
  payloadBytes: z
    .number()
    .int()
    .min(0)
    .max(32 * 1024),
  /** Milliseconds after which a ping without a pong counts as lost. */
  timeoutMs: z.number().int().min(50).max(10_000),
  /** Whether pings ask for the stages of their round trip. */
  stages: z.boolean().optional(),
});

export type ProbeSettings = z.infer<typeof probeSettingsSchema>;

export const DEFAULT_PROBE_SETTINGS: ProbeSettings = { ratePerSecond: 20, payloadBytes: 64, timeoutMs: 1000 };
