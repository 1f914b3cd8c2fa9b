import type { BenchForm } from '../../../../shared/bench-window/form';
import { floorCyclesOf, warmUpOf } from '../../../../shared/bench/open-loop';
import { routesOf } from '../../../../shared/bench/routes';

/** For each method, size and round: two processes are started and ended, and the floor's two. */
const STEP_MS = 900;
const FLOOR_STEP_MS = 100;
/** A guess at one round trip: what small messages take between two processes, and what each MiB adds. */
const ROUND_TRIP_MS = 0.1;
const MEBIBYTE_MS = 3;
/** The floor's round trips are faster, by about so much. */
const FLOOR_SHARE = 0.3;

/** Methods, each as often as it has routes that are asked for. */
export function pathCount({ methods, allRoutes }: Pick<BenchForm, 'methods' | 'allRoutes'>): number {
  return allRoutes ? methods.reduce((sum, method) => sum + routesOf(method).length, 0) : methods.length;
}

/** How long a run may take, milliseconds. A guess: what one round trip takes here is what the run finds out. */
export function estimateMs(form: BenchForm): number {
  const { sizes, rounds, warmup, floor } = form;
  const perPath = sizes.map((size) => {
    const roundTripMs = ROUND_TRIP_MS + (size / 1024 ** 2) * MEBIBYTE_MS;
    const { pingsMs, floorMs, warmUpMs } = partsMs(form, roundTripMs);
    return (
      rounds * (STEP_MS + warmup * roundTripMs + warmUpMs) + pingsMs + (floor ? floorMs + rounds * FLOOR_STEP_MS : 0)
    );
  });
  return pathCount(form) * perPath.reduce((sum, ms) => sum + ms, 0);
}

/** Of all rounds what is measured and the floor; of one what an open loop is warmed up with besides. */
function partsMs({ mode, rounds, warmup }: BenchForm, roundTripMs: number) {
  if (mode.kind === 'closed') {
    const pingsMs = mode.cycles * roundTripMs;
    return { pingsMs, floorMs: pingsMs * FLOOR_SHARE, warmUpMs: 0 };
  }
  const { ratePerSecond, durationS } = mode;
  const warm = warmUpOf(ratePerSecond, warmup, roundTripMs * 1e6);
  const floorCycles = rounds * floorCyclesOf(ratePerSecond, (ratePerSecond * durationS) / rounds);
  return {
    pingsMs: durationS * 1000,
    floorMs: (floorCycles / ratePerSecond) * 1000,
    warmUpMs: (warm.cycles / warm.ratePerSecond) * 1000,
  };
}

/** `20 s`, `3 min`, `2 h`: no more exact than it is. */
export function roughly(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 10) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 55) return `${Math.round(seconds / 5) * 5} s`;
  const minutes = seconds / 60;
  if (minutes < 55) return `${Math.max(1, Math.round(minutes))} min`;
  return `${Math.max(1, Math.round(minutes / 60))} h`;
}
