import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { FloorCosts } from '../../shared/bench/costs';
import { type Message, saidBy, say } from '../../shared/messages/message';
import { type TransportId, TRANSPORTS } from '../../shared/transport-catalog';
import { findAddon } from '../addons';

/** The kernel floor: the same ping-pong between two native processes, with no JavaScript in the loop. */
export type Floor =
  | { rttNs: Float64Array; spinNs: number; ratePerSecond: number | null; costs: FloorCosts | null }
  | { reason: Message };

export interface FloorOptions {
  /** A method of `bulkhead-floor`. */
  method: string;
  /** On the wire: payload and frame header. */
  bytes: number;
  cycles: number;
  warmup: number;
  /** How long an end looks for its message before it sleeps, as the addon does; 0: it sleeps at once. */
  spinNs: number;
  /** Messages a second, both ends asleep in between; null for one after another, with no pause. */
  ratePerSecond: number | null;
  /** Where both ends run; wherever the scheduler likes when null. */
  cpus: { pinger: number; answerer: number } | null;
  /** It ends then, whatever it has got. */
  limitS: number;
  /** Ends it at once. */
  signal: AbortSignal;
}

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;
const outputSchema = z.object({
  rtt_ns: z.array(z.number()),
  cpu_ns_per_round_trip: z.number(),
  switches_per_round_trip: z.number(),
});

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
  ratePerSecond,
  cpus,
  limitS,
  signal,
}: FloorOptions): Promise<Floor> {
  const executable = floorExecutable();
  if (typeof executable !== 'string') return Promise.resolve(executable);
  const args = ['--method', method, '--size', String(bytes), '--count', String(cycles), '--warmup', String(warmup)];
  if (spinNs > 0) args.push('--spin-ns', String(spinNs));
  if (ratePerSecond !== null) args.push('--rate', rateArgument(ratePerSecond));
  if (cpus !== null) args.push('--cpu-a', String(cpus.pinger), '--cpu-b', String(cpus.answerer));
  return new Promise((resolve) => {
    execFile(
      executable,
      args,
      { maxBuffer: MAX_OUTPUT_BYTES, timeout: limitS * 1000, signal },
      (error, stdout, stderr) => {
        if (error !== null) resolve({ reason: reasonOf(error, stderr, limitS) });
        else resolve(read(stdout, { spinNs, ratePerSecond }));
      },
    );
  });
}

/** Round trips of a floor that goes on, as they come. Times are nanoseconds of CLOCK_MONOTONIC. */
export interface FloorRoundTrips {
  sentNs: number[];
  rttNs: number[];
  lost: number;
}

export interface FollowOptions {
  /** A method of `bulkhead-floor`. */
  method: string;
  /** On the wire: payload and frame header. */
  bytes: number;
  ratePerSecond: number;
  /** Above this rate it sends bursts of 20 at the rate, so many a second on average. */
  atMostPerSecond: number;
  onRoundTrips: (roundTrips: FloorRoundTrips) => void;
}

/** How a followed floor ended that nobody stopped. `again` when another attempt may do better. */
export interface FloorEnd {
  reason: Message;
  again: boolean;
}

export interface FollowedFloor {
  readonly pid: number | null;
  /** Null when it was stopped. Never rejects. */
  readonly ended: Promise<FloorEnd | null>;
  /** Resolves when no process of it is left. */
  stop(): Promise<void>;
}

const followedSchema = z.object({ sent_ns: z.array(z.number()), rtt_ns: z.array(z.number()), lost: z.number() });
/** Of what it says on its standard error, so much is kept. */
const MAX_SAID = 2000;
/** What `bulkhead-floor` exits with when its arguments are wrong, or the method isn't to be had here. */
const IN_VAIN = new Set([2, 3]);

/** What keeps a process from starting until others let go of descriptors, processes or memory. */
const PASSING = new Set(['EMFILE', 'ENFILE', 'EAGAIN', 'ENOMEM']);

/** Measures at a rate in two processes of its own until it is stopped. */
export function followFloor(options: FollowOptions): FollowedFloor {
  const executable = floorExecutable();
  if (typeof executable !== 'string')
    return { pid: null, ended: Promise.resolve({ ...executable, again: false }), stop: () => Promise.resolve() };
  // Its streams are missing when there is no descriptor left for them, whatever the types say.
  const child: ChildProcess = spawn(
    executable,
    [
      ...['--method', options.method, '--size', String(options.bytes), '--follow'],
      ...['--rate', rateArgument(options.ratePerSecond), '--at-most', rateArgument(options.atMostPerSecond)],
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let stopped = false;
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-MAX_SAID)));
  const lines = child.stdout ? createInterface({ input: child.stdout }) : null;
  lines?.on('line', (line) => {
    const roundTrips = readFollowed(line);
    if (roundTrips !== null && !stopped) options.onRoundTrips(roundTrips);
  });
  const exited = once(child, 'close').then(
    ([code]) => ({
      reason: said.trim() === '' ? say('floor.ended') : say('verbatim', { text: said.trim() }),
      again: !IN_VAIN.has(code as number),
    }),
    (error: NodeJS.ErrnoException) => ({ reason: reasonOf(error, said, 0), again: PASSING.has(error.code ?? '') }),
  );
  return {
    pid: child.pid ?? null,
    ended: exited.then((end) => (stopped ? null : end)),
    stop: async () => {
      stopped = true;
      child.kill('SIGKILL');
      await exited;
    },
  };
}

function readFollowed(line: string): FloorRoundTrips | null {
  try {
    const { sent_ns: sentNs, rtt_ns: rttNs, lost } = followedSchema.parse(JSON.parse(line));
    return sentNs.length === rttNs.length ? { sentNs, rttNs, lost } : null;
  } catch {
    return null;
  }
}

/** The program takes whole numbers. */
function rateArgument(perSecond: number): string {
  return String(Math.max(1, Math.round(perSecond)));
}

function floorExecutable(): string | { reason: Message } {
  const found = findAddon('bulkhead-native');
  if ('reason' in found) return found;
  return join(found.dir, process.platform === 'win32' ? 'bulkhead-floor.exe' : 'bulkhead-floor');
}

function read(stdout: string, waiting: Pick<FloorOptions, 'spinNs' | 'ratePerSecond'>): Floor {
  try {
    const {
      rtt_ns: rttNs,
      cpu_ns_per_round_trip: cpuNs,
      switches_per_round_trip: switches,
    } = outputSchema.parse(JSON.parse(stdout));
    return rttNs.length === 0
      ? { reason: say('floor.empty') }
      : { rttNs: Float64Array.from(rttNs), ...waiting, costs: { cpuNs, switches } };
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
