import type { BenchRun } from '../../../../../shared/bench/schema';
import { labelOf, paceOf } from '../../../../../shared/bench/run-names';
import type { ResultLine } from './result-lines';
import { formatBytes } from '../../../../../shared/format';
import type { LineAxis } from '../../../charts/line-plot';
import { type PlotCurve, toMicros } from '../../../charts/plot-lines';
import { type Domain, snapDomain } from '../../../charts/y-domain';

/** The frame is so much longer than its payload: an empty message has a place on a logarithmic axis as well. */
const FRAME_BYTES = 24;
/** Labels nearer to each other than this share of the axis would touch. */
const LABEL_SHARE = 0.075;

/** One method on one route at several sizes, the smallest first: the medians with their 95 % intervals. */
export function sizeLines(lines: readonly ResultLine[]): PlotCurve[] {
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
    const members = group.toSorted((one, other) => one.run.size - other.run.size);
    const [first] = members;
    if (first === undefined) return [];
    return [
      {
        id,
        label: labelOf(alike(first.run), runs),
        colour: first.colour,
        dash: first.dash,
        points: members.flatMap(({ id: runId, run: { size, rtt_ns: rtt, detail } }) =>
          rtt === null ? [] : [{ id: runId, x: sizePlace(size), ns: rtt.p50, interval: detail?.p50_ci95_ns ?? null }],
        ),
      },
    ];
  });
}

/** Where a payload stands on the axis: at its frame. */
export function sizePlace(bytes: number): number {
  return bytes + FRAME_BYTES;
}

/** From the smallest size to the largest, labelled at as many as there is room for. */
export function sizeAxis(runs: readonly BenchRun[]): LineAxis {
  const sizes = [...new Set(runs.map(({ size }) => size))].toSorted((one, other) => one - other);
  const places = sizes.map(sizePlace);
  const [start, end] = [(places[0] ?? 1) / 1.2, (places.at(-1) ?? 1) * 1.2];
  const ticks: number[] = [];
  for (const place of places) {
    const last = ticks.at(-1);
    if (last === undefined || Math.log(place / last) >= Math.log(end / start) * LABEL_SHARE) ticks.push(place);
  }
  return {
    start,
    end,
    ticks,
    label: 'Payload (logarithmic, by its frame)',
    nameOf: (place) => formatBytes(place - FRAME_BYTES),
  };
}

/** For the medians and their intervals, µs. */
export function medianDomain(runs: readonly BenchRun[]): Domain {
  const ns = runs.flatMap(({ rtt_ns: rtt, detail }) =>
    rtt === null ? [] : [rtt.p50, detail?.p50_ci95_ns?.low ?? rtt.p50, detail?.p50_ci95_ns?.high ?? rtt.p50],
  );
  return snapDomain('log', toMicros(Math.min(...ns)), toMicros(Math.max(...ns)));
}
