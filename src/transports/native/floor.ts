import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import { type Message, saidBy, say } from '../../shared/messages/message';
import { type TransportId, TRANSPORTS } from '../../shared/transport-catalog';
import { findAddon } from '../addons';

/** The kernel floor: the same ping-pong between two native processes, with no JavaScript in the loop. */
export type Floor = { rttNs: Float64Array; spinNs: number } | { reason: Message };

export interface FloorOptions {
  /** A method of `bulkhead-floor`. */
  method: string;
  /** On the wire: payload and frame header. */
  bytes: number;
  cycles: number;
  warmup: number;
  /** How long an end looks for its message before it sleeps, as the addon does; 0: it sleeps at once. */
  spinNs: number;
  /** Where both ends run; wherever the scheduler likes when null. */
  cpus: { pinger: number; answerer: number } | null;
  /** It ends then, whatever it has got. */
  limitS: number;
  /** Ends it at once. */
  signal: AbortSignal;
}

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;
const outputSchema = z.object({ rtt_ns: z.array(z.number()), lost: z.number().optional() });

/** The method of `bulkhead-floor` that is a transport's floor, or null where there is none. */
export function floorMethodOf(transport: TransportId): string | null {
  return TRANSPORTS[transport].floor;
}

/** Measures in two processes of its own. Never rejects: a floor that can't be had has a reason. */
export function runFloor({
  method,
  bytes,
  cycles,
  warmup,
  spinNs,
  cpus,
  limitS,
  signal,
}: FloorOptions): Promise<Floor> {
  const found = findAddon('bulkhead-native');
  if ('reason' in found) return Promise.resolve(found);
  const executable = join(found.dir, process.platform === 'win32' ? 'bulkhead-floor.exe' : 'bulkhead-floor');
  const args = ['--method', method, '--size', String(bytes), '--count', String(cycles), '--warmup', String(warmup)];
  if (spinNs > 0) args.push('--spin-ns', String(spinNs));
  if (cpus !== null) args.push('--cpu-a', String(cpus.pinger), '--cpu-b', String(cpus.answerer));
  return new Promise((resolve) => {
    execFile(
      executable,
      args,
      { maxBuffer: MAX_OUTPUT_BYTES, timeout: limitS * 1000, signal },
      (error, stdout, stderr) => {
        if (error !== null) resolve({ reason: reasonOf(error, stderr, limitS) });
        else resolve(read(stdout, spinNs));
      },
    );
  });
}

function read(stdout: string, spinNs: number): Floor {
  try {
    const { rtt_ns: rttNs } = outputSchema.parse(JSON.parse(stdout));
    return rttNs.length === 0 ? { reason: say('floor.empty') } : { rttNs: Float64Array.from(rttNs), spinNs };
  } catch {
    return { reason: say('floor.unreadable') };
  }
}

function reasonOf(error: Error & { code?: unknown; killed?: boolean }, stderr: string, limitS: number): Message {
  if (error.name === 'AbortError') return say('floor.interrupted');
  if (error.killed === true) return say('floor.late', { limitMs: limitS * 1000 });
  const said = stderr.trim().split('\n').at(-1) ?? '';
  if (said !== '') return say('verbatim', { text: said });
  return error.code === 'ENOENT' ? say('floor.missing') : saidBy(error);
}
