import { FRAME_HEADER_BYTES } from '../shared/frame';
import type { Step } from '../shared/bench/plan';
import type { FloorRound } from '../shared/bench/result';
import { floorMethodOf, runFloor } from '../transports/native/floor';
import type { CpuPair } from './placement';

/** The floor's own measurement of as many cycles takes a fraction of ours: fewer would be noisier than need be. */
const MAX_CYCLES = 1_000_000;
const LIMIT_S = 60;

/**
 * The floor of one step: at the same placement, and with as many bytes as our frames have (payload and header), so that
 * the kernel carries the same in both.
 */
export async function measureFloor(
  step: Step,
  warmup: number,
  cpus: CpuPair | null,
  signal: AbortSignal,
): Promise<FloorRound> {
  const { method: name, sizeBytes } = step.run;
  const method = floorMethodOf(name);
  if (method === null)
    return { reason: "It is Chromium's own mechanism: there is no counterpart without the runtime." };
  return runFloor({
    method,
    bytes: sizeBytes + FRAME_HEADER_BYTES,
    cycles: Math.min(step.cycles, MAX_CYCLES),
    warmup: Math.min(warmup, MAX_CYCLES),
    cpus: cpus === null ? null : { pinger: cpus.pinger[0] as number, answerer: cpus.answerer[0] as number },
    limitS: LIMIT_S,
    signal,
  });
}
