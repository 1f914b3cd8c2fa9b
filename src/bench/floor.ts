import { FRAME_HEADER_BYTES } from '../shared/frame';
import { floorCyclesOf } from '../shared/bench/open-loop';
import type { Step } from '../shared/bench/plan';
import type { BenchRequest } from '../shared/bench/request';
import type { FloorRound } from '../shared/bench/result';
import { render, words } from '../shared/messages/message';
import { dataPathOf } from '../transports/native/data-path';
import { floorMethodOf, type FloorOptions, runFloor } from '../transports/native/floor';
import { ALONE } from '../transports/native/wait';
import type { CpuPair } from './placement';

/** The floor's own measurement of as many cycles takes a fraction of ours: fewer would be noisier than need be. */
const MAX_CYCLES = 1_000_000;
const LIMIT_S = 60;
/** Paced as well, the usual number of warm-up cycles would take seconds. */
const OPEN_LOOP_WARMUP = 5;

/**
 * The floor of one step: at the same placement, and with as many bytes as our frames have (payload and header), so that
 * the kernel carries the same in both. It waits as our ends do: where the addon looks for the next message before it
 * sleeps, so does the floor. The floor of an open loop is an open loop at the same rate: both sleep in between.
 */
export async function measureFloor(
  step: Step,
  { warmup, mode }: Pick<BenchRequest, 'warmup' | 'mode'>,
  cpus: CpuPair | null,
  signal: AbortSignal,
): Promise<FloorRound> {
  const { method: name, sizeBytes } = step.run;
  const method = floorMethodOf(name);
  if (method === null) return { reason: words('run.no-floor') };
  const floor = await runFloor({
    method,
    bytes: sizeBytes + FRAME_HEADER_BYTES,
    ...cyclesOf(step.cycles, warmup, mode),
    spinNs: mode.kind === 'closed' && dataPathOf(name) === 'native' ? ALONE.spinNs : 0,
    cpus: cpus === null ? null : { pinger: cpus.pinger[0] as number, answerer: cpus.answerer[0] as number },
    limitS: LIMIT_S,
    signal,
  });
  return 'reason' in floor ? { reason: render(floor.reason) } : floor;
}

function cyclesOf(
  cycles: number,
  warmup: number,
  mode: BenchRequest['mode'],
): Pick<FloorOptions, 'cycles' | 'warmup' | 'ratePerSecond'> {
  if (mode.kind === 'closed')
    return { cycles: Math.min(cycles, MAX_CYCLES), warmup: Math.min(warmup, MAX_CYCLES), ratePerSecond: null };
  const { ratePerSecond } = mode;
  return {
    cycles: floorCyclesOf(ratePerSecond, cycles),
    warmup: Math.min(warmup, OPEN_LOOP_WARMUP),
    ratePerSecond,
  };
}
