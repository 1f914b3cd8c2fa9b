import { createRequire } from 'node:module';
import { z } from 'zod';
import type { Availability } from '../../shared/transport-catalog';

/** The part of the unix-dgram package's socket that the wrapper uses. */
export interface RawDgramSocket {
  bind(path: string): void;
  connect(path: string): void;
  send(buffer: Buffer, offset: number, length: number, path: string, callback: SendCallback): void;
  send(buffer: Buffer, callback: SendCallback): void;
  close(): void;
  on(event: 'message', listener: (buffer: Buffer, info: { path: string | null }) => void): void;
  on(event: 'error', listener: (error: Error & { code: number }) => void): void;
  on(event: 'writable', listener: () => void): void;
}
type SendCallback = (error?: { code: number }) => void;

interface UnixDgramPackage {
  createSocket(type: 'unix_dgram'): RawDgramSocket;
}

/** `BULKHEAD_ADDONS`, written by the set-up: where each addon was built for this runtime, or why it wasn't. */
const addonsSchema = z.object({
  'unix-dgram': z.union([z.object({ dir: z.string() }), z.object({ error: z.string() })]),
});

let loaded: { package: UnixDgramPackage } | { reason: string } | null = null;

export function loadUnixDgram(): { package: UnixDgramPackage } | { reason: string } {
  loaded ??= load();
  return loaded;
}

export function unixDgramAvailability(): Availability {
  const result = loadUnixDgram();
  return 'package' in result ? { available: true } : { available: false, reason: result.reason };
}

function load(): { package: UnixDgramPackage } | { reason: string } {
  if (process.platform === 'win32') {
    return { reason: 'Windows has no Unix datagram sockets. Use another transport here, or run Bulkhead on Linux or macOS.' };
  }
  const text = process.env['BULKHEAD_ADDONS'];
  if (text === undefined) {
    return { reason: 'The unix-dgram addon was not set up, because Bulkhead was not started by bin/bulkhead. Start it with npm start.' };
  }
  try {
    const entry = addonsSchema.parse(JSON.parse(text))['unix-dgram'];
    if ('error' in entry) return { reason: entry.error };
    return { package: createRequire(import.meta.url)(entry.dir) as UnixDgramPackage };
  } catch (error) {
    return { reason: `The unix-dgram addon did not load: ${error instanceof Error ? error.message : String(error)}. Run npm run setup to build it again.` };
  }
}
