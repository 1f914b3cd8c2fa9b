import type { BenchRun } from '../../../../../shared/bench/schema';
import type { LineLook } from '../../../charts/line-spec';
import { labelOf, paceOf } from '../../../../../shared/bench/run-names';
import type { ResultLine } from './result-lines';

/** One method, on one route, at several sizes. */
export interface SizeLine extends LineLook {
  /** By size, the smallest first. */
  points: readonly ResultLine[];
}

/** The frame is so much longer than its payload: an empty message has a place on a logarithmic axis as well. */
const FRAME_BYTES = 24;

export function sizeLines(lines: readonly ResultLine[]): SizeLine[] {
  const groups = new Map<string, ResultLine[]>();
  for (const line of lines) {
    const { method, route, placement } = line.run;
    const key = JSON.stringify([method, route, placement, paceOf(line.run)]);
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  // Told apart by all but the size.
  const alike = (run: BenchRun): BenchRun => ({ ...run, size: 0 });
  const runs = lines.map(({ run }) => alike(run));
  return [...groups].flatMap(([id, group]) => {
    const points = group.toSorted((one, other) => one.run.size - other.run.size);
    const [first] = points;
    if (first === undefined) return [];
    return [{ id, label: labelOf(alike(first.run), runs), colour: first.colour, dash: first.dash, points }];
  });
}

/** Where a payload stands on the axis: at its frame. */
export function sizePlace(bytes: number): number {
  return bytes + FRAME_BYTES;
}

export function sizesOf(runs: readonly BenchRun[]): number[] {
  return [...new Set(runs.map(({ size }) => size))].toSorted((one, other) => one - other);
}
