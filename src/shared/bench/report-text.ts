import { formatBytes, formatCount, formatDuration, formatMicros } from '../format';
import { ANATOMY_PERCENTILES } from '../measure/anatomy';
import { takenApart } from './anatomy';
import { anatomyRows } from './anatomy-rows';
import { nameOnRoute } from './routes';
import type { BenchResult, BenchRun } from './schema';
import { boundMark, figureMicros, ratioText, whyNoFigure } from './certainty';

/** The report on standard output. Plain spaces throughout: it is read by grep as well as by people. */
export function textReport(result: BenchResult, titleOf: (method: string) => string): string {
  const methods = new Set(result.runs.map(({ method }) => method));
  const lines =
    methods.size === 1 ? result.runs.flatMap((run) => runReport(run, titleOf(run.method))) : tableReport(result.runs);
  const { clock, interrupted } = result.environment;
  if (clock !== null) {
    lines.push(
      `Clock: ${clock.source}, steps of ${formatDuration(clock.resolution_ns)}; measuring adds ${formatDuration(clock.overhead_ns)} (two readings) to every round trip.`,
    );
  }
  if (interrupted) lines.push('Interrupted: this is what was measured until then.');
  return plain(`${lines.join('\n')}\n`);
}

/** What the Rust project `ipc-ping-pong` prints, and then the distribution. */
export function runReport(run: BenchRun, title: string): string[] {
  const lines = [
    `Method: ${run.method} (${title}), ${formatBytes(run.size)}, ${run.route}, placement ${run.placement}${run.detail?.io === 'node' ? ', Node.js alone' : ''}${run.detail?.thread === 'worker' ? ', on worker threads' : ''}`,
  ];
  const { rtt_ns: rtt, detail } = run;
  if (run.unavailable !== null) return [...lines, `  unavailable: ${run.unavailable}`, ''];
  if (detail === null) return [...lines, '  nothing was measured', ''];
  const perOperation = detail.samples === 0 ? null : detail.elapsed_ns / detail.samples;
  lines.push(
    `  ${formatCount(detail.samples)} cycles completed in ${formatDuration(detail.elapsed_ns)}`,
    `  ${perSecond(run)} per second`,
  );
  // In an open loop that would be the interval, whatever an operation takes.
  if (run.mode === 'closed') lines.push(`  ${formatDuration(perOperation)} per operation`);
  if (rtt === null) return [...lines, `  ${unanswered(run)}: no ping was answered`, ...notesOf(run), ''];
  if (detail.uncorrected_rtt_ns === null) {
    lines.push('', distribution('round trip', run));
  } else {
    lines.push(
      '',
      distribution('corrected (from the intended send)', run),
      distribution('uncorrected (from the actual send)', {
        ...run,
        // Of answered pings alone, as a closed loop has them, and all exact.
        mode: 'closed',
        rtt_ns: detail.uncorrected_rtt_ns,
        detail: { ...detail, lower_bound_from_ns: null },
      }),
    );
  }
  lines.push(
    `  ${unanswered(run)}${oddities(detail)}`,
    ...confidence(run),
    ...floorLine(run),
    ...costLines(run),
    ...anatomyLines(run),
    ...notesOf(run),
    '',
  );
  return lines;
}

function unanswered({ lost, skipped }: BenchRun): string {
  return `lost ${formatCount(lost)}${skipped > 0 ? `, not sent ${formatCount(skipped)}` : ''}`;
}

const FIGURES = { min: 'min', p50: 'p50', p90: 'p90', p99: 'p99', p99_9: 'p99.9', max: 'max' } as const;

function distribution(label: string, run: BenchRun): string {
  const metrics = Object.keys(FIGURES) as Array<keyof typeof FIGURES>;
  const cells = metrics.map((metric) => figureMicros(run, metric));
  const width = Math.max(10, ...cells.map(({ length }) => length + 1));
  const why = metrics.map((metric) => whyNoFigure(run, metric)).find((reason) => reason !== null);
  return [
    `  ${label}:`,
    ...metrics.map((metric, at) => `    ${FIGURES[metric].padEnd(6)}${cells[at]?.padStart(width)}`),
    ...(why === undefined ? [] : [`    –: ${why}`]),
  ].join('\n');
}

function oddities(detail: NonNullable<BenchRun['detail']>): string {
  const odd = (['late', 'duplicate', 'reordered', 'rejected'] as const).filter((name) => detail[name] > 0);
  return odd.map((name) => `, ${name} ${formatCount(detail[name])}`).join('');
}

function confidence(run: BenchRun): string[] {
  const { detail } = run;
  if (detail === null) return [];
  const { p50_ci95_ns: interval, outliers } = detail;
  const lines: string[] = [];
  if (interval !== null)
    lines.push(
      `  p50 lies between ${bounded(run, interval.low)} and ${bounded(run, interval.high)} (95 % confidence${detail.round_p50_ns.length > 1 ? ', whole rounds drawn again' : ' within this one round'})`,
    );
  if (detail.spread_p50 !== null)
    lines.push(
      `  p50 of the ${detail.round_p50_ns.length} rounds: ${detail.round_p50_ns.map((ns) => formatMicros(ns)).join(', ')}; spread ${percent(detail.spread_p50)}`,
    );
  if (outliers !== null)
    lines.push(
      `  outliers (3 interquartile ranges; kept): ${formatCount(outliers.low)} low, ${formatCount(outliers.high)} high`,
    );
  return lines;
}

function floorLine(run: BenchRun): string[] {
  const { floor_ns: floor, detail } = run;
  if (floor !== null)
    return [
      `  kernel floor: p50 ${formatDuration(floor.p50)}, p99 ${whyNoFigure(run, 'p99') === null ? formatDuration(floor.p99) : '–'}; ratio of p50 ${ratioText(run)}${waiting(detail)}`,
      ...(run.placement === 'free' && run.ratio_p50 !== null ? [`    ${PLACED_FREELY}`] : []),
    ];
  return [`  kernel floor: none. ${detail?.floor_unavailable ?? ''}`];
}

function bounded(run: BenchRun, ns: number): string {
  return `${boundMark(run, ns)}${formatMicros(ns)}`;
}

/** Which of the two ways the floor waited, where there is a choice. */
function waiting(detail: BenchRun['detail']): string {
  const rate = detail?.floor_rate_per_second ?? null;
  if (rate !== null) return ` (the floor at ${formatCount(rate)} messages/s as well)`;
  const spinNs = detail?.floor_spin_ns ?? 0;
  return spinNs > 0 ? ` (both look up to ${formatDuration(spinNs)} before they sleep)` : '';
}

/** Where its time goes, where that was asked for. */
function anatomyLines(run: BenchRun): string[] {
  const rows = anatomyRows(run);
  if (rows.length === 0) return [];
  const of = takenApart(run);
  const width = Math.max(...rows.map(({ title }) => title.length));
  const cell = (part: { ns: number; share: number } | null) =>
    part === null ? '–'.padStart(18) : `${formatMicros(part.ns).padStart(12)}${percent(part.share).padStart(6)}`;
  return [
    `  where the time goes, from the intended send${of === null ? '' : ` (${of} taken apart)`}:`,
    ...(run.detail?.anatomy?.sentences ?? []).map((sentence) => `    ${sentence}`),
    `    ${'stage'.padEnd(width)}${ANATOMY_PERCENTILES.map((percentile) => percentile.padStart(12).padEnd(18)).join('')}`.trimEnd(),
    ...rows.map(({ title, parts }) => `    ${title.padEnd(width)}${parts.map(cell).join('')}`),
  ];
}

/** Looking for messages wins time and burns a core: here it shows. */
function costLines({ detail }: BenchRun): string[] {
  const cpu = detail?.cpu_ns_per_round_trip ?? null;
  const costs = detail?.costs ?? null;
  if (cpu === null || costs === null) return [];
  const ends = [['pinging end', costs.pinger] as const, ['answering end', costs.answerer] as const];
  const floor = detail?.floor_cpu_ns_per_round_trip ?? null;
  const ofFloor =
    floor === null
      ? ''
      : `; the kernel floor ${formatDuration(floor)}, ${switchesText(detail?.floor_switches_per_round_trip ?? 0)}`;
  return [
    `  cost of a round trip: ${formatDuration(cpu)} of CPU, ${switchesText(detail?.switches_per_round_trip ?? 0)}${ofFloor}`,
    ...ends.flatMap(([name, end]) => {
      if (end === null) return [];
      const kernel = end.kernel_share === null ? '' : ` (${percent(end.kernel_share)} in the kernel)`;
      const switches = switchesText(end.voluntary_switches + end.involuntary_switches);
      return [
        `    ${name}: ${formatDuration(end.cpu_ns)}${kernel}, ${formatDuration(end.run_queue_ns)} waiting for a core, ${switches}, ${end.involuntary_switches.toFixed(2)} of them involuntary`,
      ];
    }),
  ];
}

function switchesText(switches: number): string {
  return `${switches.toFixed(switches < 9.95 ? 2 : 1)} context switches`;
}

function notesOf({ detail }: BenchRun): string[] {
  return (detail?.notes ?? []).map((note) => `  note: ${note}`);
}

const COLUMNS = [
  'fastest',
  'slowest',
  'median',
  'mean',
  'samples',
  'items/s',
  'floor',
  'ratio',
  'CPU',
  'switches',
  'spread',
  'lost',
  'not sent',
] as const;
/** A ratio has its interval beside it, and the slowest may take seconds: of times, each is in µs. */
const WIDTHS: Partial<Record<(typeof COLUMNS)[number], number>> = {
  fastest: 11,
  slowest: 15,
  median: 13,
  mean: 13,
  ratio: 20,
};

/** The table of that project's bench, with the floor and what to make of it. */
export function tableReport(runs: readonly BenchRun[]): string[] {
  const measured = runs.filter((run) => run.rtt_ns !== null);
  const width = Math.max(6, ...runs.map(({ method }) => method.length)) + 2;
  // A table of one route names it below.
  const routes = new Set(measured.map(({ route }) => route));
  const routeWidth = routes.size < 2 ? 0 : Math.max(...[...routes].map(({ length }) => length)) + 1;
  const row = (method: string, route: string, size: string, cells: readonly string[]) =>
    `${method.padEnd(width)}${route.padEnd(routeWidth).slice(0, routeWidth)}${size.padStart(8)}${cells.map((cell, at) => cell.padStart(WIDTHS[COLUMNS[at] as (typeof COLUMNS)[number]] ?? 10)).join('')}`;
  const lines = measured.length === 0 ? [] : [row('method', 'route', 'size', COLUMNS)];
  for (const run of measured) {
    const times = (['min', 'max', 'p50', 'mean'] as const).map((metric) => figureMicros(run, metric));
    const spread = run.detail?.spread_p50 ?? null;
    lines.push(
      row(run.method, run.route, formatBytes(run.size), [
        ...times,
        formatCount(run.detail?.samples ?? 0),
        perSecond(run),
        formatMicros(run.floor_ns?.p50 ?? null),
        ratioText(run),
        formatDuration(run.detail?.cpu_ns_per_round_trip ?? null),
        run.detail?.switches_per_round_trip?.toFixed(1) ?? '–',
        spread === null ? '–' : percent(spread),
        formatCount(run.lost),
        formatCount(run.skipped),
      ]),
    );
  }
  const first = measured[0];
  if (first !== undefined) {
    lines.push(
      '',
      `Round trips, ${routes.size < 2 ? first.route : 'the pinging end of a route first'}, placement ${first.placement}, ${first.mode} loop, rounds interleaved: ${first.rounds}. Floor: p50 of the kernel alone. Ratio: median ÷ floor, and its 95 % interval. CPU and context switches: of both ends, for one round trip.`,
    );
    if (first.placement === 'free' && measured.some((run) => run.ratio_p50 !== null)) lines.push(PLACED_FREELY);
    lines.push('Spread: how far the rounds\u2019 medians lie apart. A difference smaller than that is none.');
  }
  for (const run of runs) {
    const name = `${nameOnRoute(run)} at ${formatBytes(run.size)}`;
    if (run.unavailable !== null) lines.push(`${name} is unavailable: ${run.unavailable}`);
    for (const sentence of run.detail?.anatomy?.sentences ?? []) lines.push(`${name}, ${sentence}`);
    for (const note of run.detail?.notes ?? []) lines.push(`${name}: ${note}`);
  }
  return [...lines, ...floorReasons(measured), ''];
}

const PLACED_FREELY =
  'Placed freely, run and floor may each lie on one core or on two. To hold like against like: --placement same-core, or cross-core.';

/** Each reason once, with the methods that it holds for. */
function floorReasons(runs: readonly BenchRun[]): string[] {
  const byReason = new Map<string, Set<string>>();
  for (const run of runs) {
    const reason = run.floor_ns === null ? (run.detail?.floor_unavailable ?? null) : null;
    if (reason !== null) byReason.set(reason, (byReason.get(reason) ?? new Set()).add(run.method));
  }
  return [...byReason].map(([reason, methods]) => `No floor for ${[...methods].join(', ')}: ${reason}`);
}

function perSecond(run: BenchRun): string {
  return run.per_second === null ? '–' : formatCount(run.per_second);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
}

function plain(text: string): string {
  return text.replaceAll(/[\u202f\u00a0]/g, ' ');
}
