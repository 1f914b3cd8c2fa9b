import { z } from 'zod';
import { SERVED_TRANSPORTS, type ServedTransport } from '../../shared/transport-catalog';

export type PlainMethod = ServedTransport;

/** Where the server is: a path in the file system, or a port of the loopback interface. */
export const placeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('path'), path: z.string() }),
  z.strictObject({ kind: z.literal('port'), port: z.number().int().min(0).max(65_535) }),
]);
export type Place = z.infer<typeof placeSchema>;

const common = { method: z.enum(SERVED_TRANSPORTS), place: placeSchema, version: z.string() };
const serveSchema = z.object({ ...common, command: z.literal('serve') });
const pingSchema = z.object({
  ...common,
  command: z.literal('ping'),
  cycles: z.number().int().min(1),
  sizeBytes: z.number().int().min(0),
  warmup: z.number().int().min(0),
  timeoutMs: z.number().int().min(1),
  /** Absolute path of the results, or `STANDARD_OUTPUT`, or null. */
  out: z.string().nullable(),
});
export type PingOptions = z.infer<typeof pingSchema>;

export function readServeOptions() {
  return serveSchema.parse(read());
}

export function readPingOptions(): PingOptions {
  return pingSchema.parse(read());
}

function read(): unknown {
  return JSON.parse(process.env['BULKHEAD_OPTIONS'] ?? '{}');
}

/**
 * What stands in every frame between `serve` and `ping`. In the laboratory each channel has a random key; these two
 * meet without anybody to hand one over, so theirs is known. It tells their frames from noise, not friend from foe.
 */
export const PLAIN_KEY: Uint8Array = new TextEncoder().encode('bulkhead');
