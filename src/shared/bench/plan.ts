import type { TransportId } from '../transport-catalog';
import { type BenchRequest, cyclesOf } from './request';
import type { Route } from './routes';
import { words } from '../messages/message';

/** One row of the result: a method on a route, at a size. */
export interface PlannedRun {
  index: number;
  method: TransportId;
  route: Route;
  sizeBytes: number;
  /** Why it can't be measured here, or null. */
  unavailable: string | null;
}

/** One run's share of one round: a pinger and an answerer of its own, warm-up, measurement, floor. */
export interface Step {
  run: PlannedRun;
  /** From 0. */
  round: number;
  cycles: number;
}

/** What a run needs to know of its method. */
export interface MethodFacts {
  id: TransportId;
  title: string;
  maxPayloadBytes: number;
  /** Those that it is measured on. */
  routes: readonly Route[];
  /** Why it doesn't work on this machine, or null. */
  unavailable: string | null;
}

/** The runs in the order of the person's methods, each with its routes, each with its sizes. */
export function planRuns(
  methods: readonly MethodFacts[],
  sizesBytes: readonly number[],
  refusal: string | null,
): PlannedRun[] {
  return methods
    .flatMap((method) =>
      method.routes.flatMap((route) =>
        sizesBytes.map((sizeBytes) => ({
          method: method.id,
          route,
          sizeBytes,
          unavailable: refusal ?? whyNot(method, sizeBytes),
        })),
      ),
    )
    .map((run, index) => ({ index, ...run }));
}

function whyNot(method: MethodFacts, sizeBytes: number): string | null {
  if (method.unavailable !== null) return method.unavailable;
  if (sizeBytes <= method.maxPayloadBytes) return null;
  return words('run.too-large', { title: method.title, maxBytes: method.maxPayloadBytes, bytes: sizeBytes });
}

/**
 * Round 1 of every run, then round 2 of every run …: when the machine's speed drifts it drifts for all alike. Every
 * other round goes backwards, so that no run always follows the same one.
 */
export function planSteps(runs: readonly PlannedRun[], request: Pick<BenchRequest, 'mode' | 'rounds'>): Step[] {
  const available = runs.filter((run) => run.unavailable === null);
  const shares = splitEvenly(cyclesOf(request.mode), request.rounds);
  return shares.flatMap((cycles, round) => {
    if (cycles === 0) return [];
    const order = round % 2 === 0 ? available : available.toReversed();
    return order.map((run) => ({ run, round, cycles }));
  });
}

/** `total` in `parts` whole shares that differ by at most one, the larger ones first. */
export function splitEvenly(total: number, parts: number): number[] {
  const share = Math.floor(total / parts);
  const larger = total - share * parts;
  return Array.from({ length: parts }, (_, i) => share + (i < larger ? 1 : 0));
}
