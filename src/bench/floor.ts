import { FRAME_HEADER_BYTES } from '../shared/frame';
import type { Step } from '../shared/bench/plan';
import type { BenchRequest } from '../shared/bench/request';
import type { FloorRound } from '../shared/bench/result';
import { render } from '../shared/messages/message';
import { dataPathOf } from '../transports/native/data-path';
import { floorMethodOf, runFloor } from '../transports/native/floor';
import { ALONE } from '../transports/native/wait';
import type { CpuPair } from './placement';

/** The floor's own measurement of as many cycles takes a fraction of ours: fewer would be noisier than need be. */
const MAX_CYCLES = 1_000_000;
const LIMIT_S = 60;

/**
 * The floor of one step: at the same placement, and with as many bytes as our frames have (payload and header), so that
 * the kernel carries the same in both. It waits as our ends do: where the addon looks for the next message before it
 * sleeps, so does the floor. In an open loop the next message comes long after that, and both sleep.
 */
export async function measureFloor(
  step: Step,
  { warmup, mode }: Pick<BenchRequest, 'warmup' | 'mode'>,
  cpus: CpuPair | null,
  signal: AbortSignal,
): Promise<FloorRound> {
  const { method: name, sizeBytes } = step.run;
  const method = floorMethodOf(name);
  if (method === null)
    return { reason: "It is Chromium's own mechanism: there is no counterpart without the runtime." };
  const floor = await runFloor({
    method,
    bytes: sizeBytes + FRAME_HEADER_BYTES,
    cycles: Math.min(step.cycles, MAX_CYCLES),
    warmup: Math.min(warmup, MAX_CYCLES),
    spinNs: mode.kind === 'closed' && dataPathOf(name) === 'native' ? ALONE.spinNs : 0,
    cpus: cpus === null ? null : { pinger: cpus.pinger[0] as number, answerer: cpus.answerer[0] as number },
    limitS: LIMIT_S,
    signal,
  });
  return 'reason' in floor ? { reason: render(floor.reason) } : floor;
}
