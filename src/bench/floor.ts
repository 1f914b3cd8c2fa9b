import { execFile } from 'node:child_process';
import { z } from 'zod';
import { FRAME_HEADER_BYTES } from '../shared/frame';
import type { Step } from '../shared/bench/plan';
import type { BenchRequest } from '../shared/bench/request';
import type { FloorRound } from '../shared/bench/result';
import { findFloor } from './children/native';
import { dataPathOf } from '../transports/native/data-path';
import { ALONE } from '../transports/native/wait';
import type { CpuPair } from './placement';

/** The floor's own measurement of as many cycles takes a fraction of ours: fewer would be noisier than need be. */
const MAX_CYCLES = 1_000_000;
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;
const LIMIT_S = 60;

const outputSchema = z.object({ rtt_ns: z.array(z.number()), lost: z.number().optional() });

/** Methods that are another method to the kernel. */
const SAME_TO_THE_KERNEL: Readonly<Record<string, string>> = {
  'unix-dgram-native': 'unix-dgram',
  'stdout-alloc': 'stdout',
};
/** Methods that are Chromium's: what the kernel carries for them is Chromium's choice, and batched. */
const OF_THE_RUNTIME: ReadonlySet<string> = new Set(['message-port', 'utility-post', 'ipc-invoke']);

/**
 * The same ping-pong between two native processes, with no JavaScript in the loop: at the same placement, and with as
 * many bytes as our frames have (payload and header), so that the kernel carries the same in both. It waits as our ends
 * do: where the addon looks for the next message before it sleeps, so does the floor. In an open loop the next message
 * comes long after that, and both sleep.
 */
export async function measureFloor(
  step: Step,
  { warmup, mode }: Pick<BenchRequest, 'warmup' | 'mode'>,
  cpus: CpuPair | null,
  signal: AbortSignal,
): Promise<FloorRound> {
  const { method, sizeBytes } = step.run;
  if (OF_THE_RUNTIME.has(method))
    return { reason: "It is Chromium's own mechanism: there is no counterpart without the runtime." };
  const found = findFloor();
  if ('reason' in found) return found;
  const args = [
    '--method',
    SAME_TO_THE_KERNEL[method] ?? method,
    '--size',
    String(sizeBytes + FRAME_HEADER_BYTES),
    '--count',
    String(Math.min(step.cycles, MAX_CYCLES)),
    '--warmup',
    String(Math.min(warmup, MAX_CYCLES)),
  ];
  const spinNs = mode.kind === 'closed' && dataPathOf(method) === 'native' ? ALONE.spinNs : 0;
  if (spinNs > 0) args.push('--spin-ns', String(spinNs));
  if (cpus !== null) args.push('--cpu-a', String(cpus.pinger[0]), '--cpu-b', String(cpus.answerer[0]));
  return new Promise((resolve) => {
    execFile(
      found.executable,
      args,
      { maxBuffer: MAX_OUTPUT_BYTES, timeout: LIMIT_S * 1000, signal },
      (error, stdout, stderr) => {
        if (error !== null) resolve({ reason: reasonOf(error, stderr) });
        else resolve(read(stdout, spinNs));
      },
    );
  });
}

function read(stdout: string, spinNs: number): FloorRound {
  try {
    const { rtt_ns: rttNs } = outputSchema.parse(JSON.parse(stdout));
    return rttNs.length === 0
      ? { reason: 'bulkhead-floor measured nothing.' }
      : { rttNs: Float64Array.from(rttNs), spinNs };
  } catch {
    return { reason: 'bulkhead-floor printed something else than its result. Run npm run setup to build it again.' };
  }
}

function reasonOf(error: Error & { code?: unknown; killed?: boolean }, stderr: string): string {
  if (error.name === 'AbortError') return 'It was interrupted.';
  if (error.killed === true) return `bulkhead-floor was not done within ${LIMIT_S} s.`;
  const said = stderr.trim().split('\n').at(-1) ?? '';
  if (said !== '') return said;
  return error.code === 'ENOENT' ? 'bulkhead-floor is not there. Run npm run setup to build it.' : error.message;
}
