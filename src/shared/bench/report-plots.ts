import { formatBytes, formatDuration } from '../format';
import { HUES } from '../palette';
import { escape } from '../report-page';
import { TRANSPORT_IDS, TRANSPORTS, type TransportId } from '../transport-catalog';
import { LEAST_SAMPLES } from './answer';
import { labelOf } from './run-names';
import type { BenchRun } from './schema';

/**
 * The plots of a report, as HTML with one small SVG for each row, placed in per cent: they fit any width, their text stays
 * as large as the page's, and their colours follow the page's. Made without a window, so that the command line has them.
 */

/** A run with figures. */
type Measured = BenchRun & { rtt_ns: NonNullable<BenchRun['rtt_ns']> };

/** Where a value lies on an axis, in per cent, and what is written on it. */
interface Axis {
  at(value: number): string;
  ticks: readonly number[];
}

const ROW_PX = 24;
const SIZES_PX = 300;

/** A box for each run on one logarithmic axis; empty when none has figures. */
export function boxesHtml(runs: readonly BenchRun[]): string {
  const measured = runs.filter(isMeasured);
  if (measured.length === 0) return '';
  const axis = logAxis(
    measured.flatMap(({ rtt_ns: rtt, floor_ns: floor }) => [rtt.min, rtt.max, ...(floor === null ? [] : [floor.p50])]),
  );
  const scale = `<div></div><svg class="scale" height="18" aria-hidden="true">${axis.ticks.map((ns) => `<text x="${axis.at(ns)}" y="13">${formatDuration(ns)}</text>`).join('')}</svg>`;
  const hues = huesOf(measured);
  const rows = measured.map((run, index) => boxRow(run, labelOf(run, runs), hues[index] ?? 0, axis));
  return `<figure class="boxes">${scale}${rows.join('')}${scale}</figure>
<p class="note">Box: quartiles and median. Whiskers: 1st and 99th percentile, of ${LEAST_SAMPLES.toLocaleString('en')} samples or more. Points: minimum and maximum. Dashed: the kernel floor’s median. The axis is logarithmic.</p>`;
}

function boxRow(run: Measured, label: string, hue: number, { at, ticks }: Axis): string {
  const { rtt_ns: rtt, detail, floor_ns: floor } = run;
  const middle = ROW_PX / 2;
  const distribution = detail?.distribution ?? null;
  const whiskers = distribution !== null && (detail?.samples ?? 0) >= LEAST_SAMPLES;
  const level = (from: number, to: number) => `<line x1="${at(from)}" x2="${at(to)}" y1="${middle}" y2="${middle}"/>`;
  const upright = (ns: number, half: number, name = '') =>
    `<line${name} x1="${at(ns)}" x2="${at(ns)}" y1="${middle - half}" y2="${middle + half}"/>`;
  const marks = [
    ...ticks.map((ns) => upright(ns, middle, ' class="grid"')),
    ...(floor === null ? [] : [upright(floor.p50, 10, ' class="floor"')]),
    ...(whiskers
      ? [
          level(distribution.p1_ns, distribution.p25_ns),
          level(distribution.p75_ns, rtt.p99),
          upright(distribution.p1_ns, 4),
          upright(rtt.p99, 4),
        ]
      : []),
    // A box of no width at all would not be seen: its outline is.
    ...(distribution === null
      ? []
      : [
          `<rect x="${at(distribution.p25_ns)}" y="${middle - 7}" height="14" width="${widthBetween(at(distribution.p25_ns), at(distribution.p75_ns))}"/>`,
        ]),
    upright(rtt.p50, 7, ' class="median"'),
    ...[rtt.min, rtt.max].map((ns) => `<circle cx="${at(ns)}" cy="${middle}" r="2.2"/>`),
  ];
  const said = `${label}: median ${formatDuration(rtt.p50)}, from ${formatDuration(rtt.min)} to ${formatDuration(rtt.max)}`;
  return `<div class="name">${escape(label)}</div><svg class="h${hue}" height="${ROW_PX}" role="img" aria-label="${escape(said)}">${marks.join('')}</svg>`;
}

/** The median against the size, a line for each method and route; empty unless several sizes were measured. */
export function sizesHtml(runs: readonly BenchRun[]): string {
  const measured = runs.filter(isMeasured);
  const sizes = [...new Set(measured.map(({ size }) => size))].toSorted((a, b) => a - b);
  if (sizes.length < 2) return '';
  const times = logAxis(measured.flatMap(({ rtt_ns: rtt, detail }) => [rtt.p50, ...ends(detail?.p50_ci95_ns ?? null)]));
  const y = (ns: number) => ((100 - Number.parseFloat(times.at(ns))) / 100) * SIZES_PX;
  const x = sizeAxis(sizes);
  const lines = new Map<string, Measured[]>();
  for (const run of measured) {
    const key = JSON.stringify([run.method, run.route, run.placement, run.mode, run.detail?.rate_per_second ?? null]);
    lines.set(key, [...(lines.get(key) ?? []), run]);
  }
  const firsts = [...lines.values()].map(([first]) => ({ ...(first as Measured), size: 0 }));
  const hues = huesOf(firsts);
  const drawn = [...lines.values()].map((line, index) =>
    sizeLine(
      line.toSorted((a, b) => a.size - b.size),
      hues[index] ?? 0,
      x.at,
      y,
    ),
  );
  const legend = firsts.map((first, index) => {
    const swatch = `<svg class="h${hues[index] ?? 0}" width="32" height="10" aria-hidden="true"><line x1="1" x2="31" y1="5" y2="5" stroke-dasharray="${dashOf(first)}"/></svg>`;
    return `<li>${swatch} ${escape(labelOf(first, firsts))}</li>`;
  });
  return `<figure class="sizes">
<svg class="scale" height="${SIZES_PX}" aria-hidden="true">${times.ticks.map((ns) => `<text x="100%" y="${y(ns) + 4}">${formatDuration(ns)}</text>`).join('')}</svg>
<svg height="${SIZES_PX}" role="img" aria-label="Median of the round trips against the size">${times.ticks.map((ns) => `<line class="grid" x1="0" x2="100%" y1="${y(ns)}" y2="${y(ns)}"/>`).join('')}${drawn.join('')}</svg>
<div></div><svg class="scale" height="20" aria-hidden="true">${x.ticks.map((size) => `<text x="${x.at(size)}" y="15">${formatBytes(size)}</text>`).join('')}</svg>
</figure>
<ul class="legend">${legend.join('')}</ul>
<p class="note">The median at each size, with its 95 % interval. Both axes are logarithmic.</p>`;
}

function sizeLine(
  runs: readonly Measured[],
  hue: number,
  x: (size: number) => string,
  y: (ns: number) => number,
): string {
  const parts = runs.map((run, index) => {
    const { size, rtt_ns: rtt, detail } = run;
    const before = runs[index - 1];
    const [low, high] = ends(detail?.p50_ci95_ns ?? null);
    return [
      before === undefined
        ? ''
        : `<line x1="${x(before.size)}" x2="${x(size)}" y1="${y(before.rtt_ns.p50)}" y2="${y(rtt.p50)}" stroke-dasharray="${dashOf(run)}"/>`,
      low === undefined || high === undefined
        ? ''
        : `<line class="interval" x1="${x(size)}" x2="${x(size)}" y1="${y(low)}" y2="${y(high)}"/>`,
      `<circle cx="${x(size)}" cy="${y(rtt.p50)}" r="3"/>`,
    ].join('');
  });
  return `<g class="h${hue}">${parts.join('')}</g>`;
}

/** Of these plots; the colours come from variables of the page. */
export const PLOT_STYLE = `
figure svg{display:block;width:100%;overflow:visible}
figure svg line,figure svg rect,figure svg circle,.legend line{stroke:var(--c);stroke-width:1.4}
figure svg rect{fill:var(--c);fill-opacity:.28}
figure svg circle{fill:var(--ground)}
figure svg .median{stroke-width:3}
figure svg .grid{stroke:var(--line);stroke-width:1}
figure svg .floor{stroke:var(--ink);stroke-dasharray:3 2}
figure svg .interval{stroke-width:3;stroke-opacity:.45}
.scale text{fill:var(--soft);font-size:12px;text-anchor:middle;font-variant-numeric:tabular-nums}
.boxes{display:grid;grid-template-columns:fit-content(38%) minmax(0,1fr);align-items:center;column-gap:16px;padding:8px 40px 8px 16px}
.boxes .name{text-align:right;font-size:13px;line-height:1.2}
.sizes{display:grid;grid-template-columns:56px minmax(0,1fr);column-gap:10px;padding:20px 40px 8px 8px}
.sizes .scale:first-child text{text-anchor:end}
.legend{display:flex;flex-wrap:wrap;gap:2px 20px;margin:10px 0;padding:0;list-style:none;font-size:13px}
.legend svg{vertical-align:middle}.legend line{stroke-width:2.5;stroke-linecap:round}
${HUES.light.map((hue, index) => `.h${index}{--c:${hue}}`).join('')}
@media (prefers-color-scheme:dark){${HUES.dark.map((hue, index) => `.h${index}{--c:${hue}}`).join('')}}
@media print{figure,tr{break-inside:avoid}}
`;

function isMeasured(run: BenchRun): run is Measured {
  return run.rtt_ns !== null;
}

/** By method, as in the window: the same in every result. Runs of one method alone are told apart. */
function huesOf(runs: readonly Measured[]): number[] {
  const methods = [...new Set(runs.map(({ method }) => method))];
  return runs.map(({ method }, index) => {
    const known = TRANSPORT_IDS.indexOf(method as TransportId);
    const hue = methods.length === 1 ? index : known >= 0 ? known : TRANSPORT_IDS.length + methods.indexOf(method);
    return hue % HUES.light.length;
  });
}

function dashOf({ method }: BenchRun): string {
  return TRANSPORTS[method as TransportId]?.dash ?? 'none';
}

/** From the step below the least to the one above the most; with room for the marks at both ends. */
function logAxis(values: readonly number[]): Axis {
  const steps = Array.from({ length: 13 }, (_, decade) => [1, 2, 5].map((step) => step * 10 ** decade)).flat();
  const [least, most] = [Math.max(1, Math.min(...values)), Math.max(1, ...values)];
  const low = steps.findLast((step) => step <= least) ?? 1;
  const high = steps.find((step) => step >= most && step > low) ?? low * 10;
  const inside = steps.filter((step) => step >= low && step <= high);
  const decades = inside.filter((step) => Number.isInteger(Math.log10(step)));
  return {
    at: (ns) => percent((Math.log(Math.max(ns, 1)) - Math.log(low)) / (Math.log(high) - Math.log(low))),
    ticks: inside.length > 8 && decades.length > 1 ? decades : inside,
  };
}

/** A size of nothing stands where one byte does; of labels too close to the one before there is none. */
function sizeAxis(sizes: readonly number[]): Axis {
  const log = (size: number) => Math.log(Math.max(size, 1));
  const [low, high] = [log(sizes[0] ?? 1), log(sizes.at(-1) ?? 1)];
  const share = (size: number) => (high === low ? 0.5 : 0.02 + (0.96 * (log(size) - low)) / (high - low));
  const ticks: number[] = [];
  for (const size of sizes) if (ticks.length === 0 || share(size) - share(ticks.at(-1) ?? 0) > 0.07) ticks.push(size);
  return { at: (size) => percent(share(size)), ticks };
}

function ends(interval: { low: number; high: number } | null): number[] {
  return interval === null ? [] : [interval.low, interval.high];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`;
}

function widthBetween(left: string, right: string): string {
  return `${Math.max(0.15, Number.parseFloat(right) - Number.parseFloat(left)).toFixed(2)}%`;
}
