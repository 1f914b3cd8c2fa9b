import { type ReactNode, useMemo, useState } from 'react';
import type { LoadPace } from '../../../../../shared/load/form';
import type { LoadEvent } from '../../../../../shared/load/result';
import type { LoadPoint, LoadRouteView } from '../../../../../shared/load/view';
import { formatCount, formatDuration } from '../../../../../shared/format';
import type { RouteId } from '../../../../../shared/routes/route-catalog';
import { selectChannels } from '../../../store/selectors';
import { useShell } from '../../../store/shell-store';
import type { ChartTheme } from '../../../charts/chart-theme';
import { Swatch } from '../../../charts/swatch';
import { timeSpan, clockText } from '../../../charts/time-axis';
import { type LevelLine, type TimeLine, TimePlot } from '../../../charts/time-plot';
import { FigureTable } from '../../../charts/tooltip-frame';
import { useChartTheme } from '../../../charts/use-chart-theme';
import { durationTick, snapDomain, type ScaleKind } from '../../../charts/y-domain';
import { useElementSize } from '../../../ui/use-element-size';
import { useStable } from '../../../ui/use-stable';
import { Word } from '../../word';
import {
  deliveredLines,
  extent,
  latencyLines,
  loadMarkers,
  queueLines,
  rateLines,
  transportLevels,
  userLines,
} from './load-lines';
import classes from './load-charts.module.css';
import { RouteLegend } from './route-legend';

const RACE_PX = 236;
const SMALL_PX = 138;
const GAP_PX = 8;
/** Of a small chart; narrower, they stand below each other. */
const LEAST_PX = 230;
const NO_LEVELS: readonly LevelLine[] = [];

interface Props {
  points: readonly LoadPoint[];
  events: readonly LoadEvent[];
  routes: readonly LoadRouteView[];
  /** What the load is paced by: users are drawn where there are any. */
  pace: LoadPace['kind'];
}

interface Chart {
  id: string;
  title: ReactNode;
  /** For who can't see it. */
  name: string;
  lines: readonly TimeLine[];
  levels: readonly LevelLine[];
  scale: ScaleKind;
  tickText(value: number): string;
  valueText(value: number): string;
}

/** What Locust draws, and above it the race: how long messages take end to end, all routes in one chart. */
export function LoadCharts({ points, events, routes, pace }: Props) {
  const [box, size] = useElementSize<HTMLDivElement>();
  const hidden = useShell((s) => s.hiddenRoutes);
  const channels = useShell(selectChannels);
  const theme = useChartTheme();
  const [pointed, setPointed] = useState<{ chart: string; index: number } | null>(null);
  const shown = useStable(routes.filter(({ route }) => !hidden.has(route)).map(({ route, mode }) => ({ route, mode })));
  const levels = useStable(transportLevels(channels));
  const charts = useMemo(() => chartsOf(points, shown, levels, theme, pace), [points, shown, levels, theme, pace]);
  const markers = useMemo(() => loadMarkers(events, theme), [events, theme]);
  // There is no room for more in a small one; the race above has the words.
  const shortMarkers = useMemo(() => markers.map((marker) => ({ ...marker, text: marker.short })), [markers]);
  const timesS = useMemo(() => points.map(({ atS }) => atS), [points]);
  const span = timeSpan(timesS.at(-1) ?? 0);
  const width = size?.width ?? 0;
  const columns = columnsIn(width, charts.length - 1);
  return (
    <section aria-label="Charts" className={classes['charts']} ref={box} data-testid="load-charts">
      {charts.map((chart, index) => {
        const race = index === 0;
        const at = pointed?.index ?? null;
        return (
          <figure
            key={chart.id}
            className={race ? classes['race'] : classes['small']}
            data-testid={`load-chart-${chart.id}`}
          >
            <figcaption className={classes['caption']}>
              {chart.title}
              {race && <RouteLegend routes={routes} />}
            </figcaption>
            {width > 0 && (
              <TimePlot
                width={race ? width : Math.floor((width - (columns - 1) * GAP_PX) / columns)}
                height={race ? RACE_PX : SMALL_PX}
                title={`${chart.name} over time. The arrow keys read it.`}
                timesS={timesS}
                span={span}
                lines={chart.lines}
                levels={chart.levels}
                markers={race ? markers : shortMarkers}
                scale={chart.scale}
                domain={domainOf(chart)}
                tickText={chart.tickText}
                theme={theme}
                pointed={at}
                onPoint={(next) => setPointed(next === null ? null : { chart: chart.id, index: next })}
                {...(pointed?.chart === chart.id && {
                  readout: <Readout chart={chart} index={pointed.index} atS={timesS[pointed.index] ?? 0} />,
                })}
              />
            )}
          </figure>
        );
      })}
    </section>
  );
}

/** All in one row, or two by two, or below each other. */
function columnsIn(width: number, count: number): number {
  const fits = (columns: number) => width >= columns * LEAST_PX + (columns - 1) * GAP_PX;
  if (fits(count)) return count;
  return fits(2) ? 2 : 1;
}

export function chartsOf(
  points: readonly LoadPoint[],
  routes: ReadonlyArray<{ route: RouteId; mode: string }>,
  levels: readonly LevelLine[],
  theme: ChartTheme,
  pace: LoadPace['kind'],
): [Chart, ...Chart[]] {
  const latency = {
    scale: 'log',
    tickText: durationTick,
    valueText: (us: number) => formatDuration(us * 1000),
  } as const;
  const counted = { scale: 'linear', levels: NO_LEVELS, tickText: tickCount, valueText: tickCount } as const;
  const queues = queueLines(points, routes, theme);
  return [
    {
      ...latency,
      id: 'end-to-end',
      title: <Word id="end-to-end">End to end</Word>,
      name: 'End-to-end time of each route',
      lines: latencyLines(points, routes, 'endToEnd', theme),
      levels,
    },
    {
      ...counted,
      id: 'rate',
      title: 'Requests/s and failures/s',
      name: 'Requests and failures a second',
      lines: rateLines(points, routes, theme),
    },
    {
      ...latency,
      id: 'response',
      title: 'Response time',
      name: 'Response time of each route',
      lines: latencyLines(points, routes, 'response', theme),
      levels: NO_LEVELS,
    },
    pace === 'users'
      ? { ...counted, id: 'users', title: 'Users', name: 'Users', lines: userLines(points, theme) }
      : {
          ...counted,
          id: 'delivered',
          title: 'Delivered/s',
          name: 'Messages delivered a second over each route',
          lines: deliveredLines(points, routes, theme),
        },
    ...(queues.length === 0
      ? []
      : [
          {
            ...counted,
            id: 'queue',
            title: <Word id="queue-depth">Queued</Word>,
            name: 'Messages that each system holds',
            lines: queues,
          },
        ]),
  ];
}

export function domainOf({ lines, levels, scale }: Pick<Chart, 'lines' | 'levels' | 'scale'>) {
  const [low, high] =
    extent(
      lines,
      levels.map(({ value }) => value),
    ) ?? (scale === 'log' ? [100, 9000] : [0, 9]);
  return snapDomain(scale, low, high);
}

function tickCount(value: number): string {
  return value < 10 && !Number.isInteger(value) ? value.toFixed(1) : formatCount(value);
}

function Readout({ chart, index, atS }: { chart: Chart; index: number; atS: number }) {
  const rows = chart.lines
    .map((line) => ({ line, value: line.values[index] ?? null }))
    .filter(({ value }) => value !== null);
  return (
    <FigureTable
      head={
        <tr>
          <th scope="col">{clockText(atS)}</th>
          <td />
        </tr>
      }
    >
      {rows
        .toSorted((a, b) => (b.value ?? 0) - (a.value ?? 0))
        .map(({ line, value }) => (
          <tr key={line.id}>
            <th scope="row">
              <Swatch colour={line.colour} dash={line.dash} /> {line.label}
            </th>
            <td>{value === null ? '–' : chart.valueText(value)}</td>
          </tr>
        ))}
    </FigureTable>
  );
}
