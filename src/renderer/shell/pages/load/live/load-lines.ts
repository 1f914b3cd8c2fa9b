import { EVENT_KINDS, isMarked, type EventKind } from '../../../../../shared/event-kinds';
import { formatDuration } from '../../../../../shared/format';
import type { LoadEvent } from '../../../../../shared/load/result';
import type { LoadPoint, LoadRoutePoint, LoadRouteView } from '../../../../../shared/load/view';
import { titleOf } from '../../../../../shared/load/verdict';
import { modeOf, type RouteId } from '../../../../../shared/routes/route-catalog';
import type { ChannelView } from '../../../../../shared/snapshot';
import { TRANSPORTS, type TransportId } from '../../../../../shared/transport-catalog';
import type { ChartTheme } from '../../../charts/chart-theme';
import type { LevelLine, TimeLine, TimeMarker } from '../../../charts/time-plot';
import { routeHue } from './route-looks';

/** Percentiles of one second, which a route has two of for each of its times. */
const P95_DASH = '2 4';

type Named = Pick<LoadRouteView, 'route' | 'mode'>;

/** The median and the 95th percentile of each route, µs. */
export function latencyLines(
  points: readonly LoadPoint[],
  routes: readonly Named[],
  of: 'response' | 'endToEnd',
  theme: ChartTheme,
): TimeLine[] {
  const [p50, p95] =
    of === 'response' ? (['responseP50', 'responseP95'] as const) : (['endToEndP50', 'endToEndP95'] as const);
  return routes.flatMap(({ route, mode }) => {
    const look = { colour: routeHue(theme, route) };
    const title = titleOf({ route, mode });
    return [
      {
        ...look,
        id: `${route} p95`,
        label: `${title}, p95`,
        dash: P95_DASH,
        widthPx: 1.25,
        values: micros(points, route, p95),
      },
      {
        ...look,
        id: `${route} p50`,
        label: `${title}, p50`,
        dash: 'none',
        widthPx: 2,
        values: micros(points, route, p50),
      },
    ];
  });
}

function micros(
  points: readonly LoadPoint[],
  route: RouteId,
  field: 'responseP50' | 'responseP95' | 'endToEndP50' | 'endToEndP95',
): Array<number | null> {
  return points.map(({ routes }) => {
    const ms = routes[route]?.[field] ?? null;
    return ms === null ? null : ms * 1000;
  });
}

/** Posts a second, and those of them that were refused or failed, of the routes together. */
export function rateLines(points: readonly LoadPoint[], routes: readonly Named[], theme: ChartTheme): TimeLine[] {
  const sum = (field: keyof LoadRoutePoint) =>
    points.map((point) => routes.reduce((total, { route }) => total + (point.routes[route]?.[field] ?? 0), 0));
  return [
    {
      id: 'requests',
      label: 'Requests/s',
      colour: theme.ink,
      dash: 'none',
      widthPx: 1.75,
      values: sum('requestsPerSecond'),
    },
    {
      id: 'failures',
      label: 'Failures/s',
      colour: theme.bad,
      dash: '6 4',
      widthPx: 1.75,
      values: sum('failuresPerSecond'),
    },
  ];
}

/** Messages that have arrived each second: after a death, also those that had waited. */
export function deliveredLines(points: readonly LoadPoint[], routes: readonly Named[], theme: ChartTheme): TimeLine[] {
  return routes.map(({ route, mode }) => ({
    id: `${route} delivered`,
    label: titleOf({ route, mode }),
    colour: routeHue(theme, route),
    dash: 'none',
    widthPx: 1.75,
    values: points.map((point) => point.routes[route]?.deliveredPerSecond ?? null),
  }));
}

/** What each system holds, of those that tell. */
export function queueLines(points: readonly LoadPoint[], routes: readonly Named[], theme: ChartTheme): TimeLine[] {
  return routes
    .filter(({ route, mode }) => modeOf(route, mode)?.tellsQueue === true)
    .map(({ route, mode }) => ({
      id: `${route} queued`,
      label: titleOf({ route, mode }),
      colour: routeHue(theme, route),
      dash: 'none',
      widthPx: 1.75,
      values: points.map((point) => point.routes[route]?.queued ?? null),
    }));
}

export function userLines(points: readonly LoadPoint[], theme: ChartTheme): TimeLine[] {
  return [
    {
      id: 'users',
      label: 'Users',
      colour: theme.ink,
      dash: 'none',
      widthPx: 1.75,
      values: points.map(({ users }) => users),
    },
  ];
}

/** Kills, deaths and restarts, as every chart marks them. */
export function loadMarkers(events: readonly LoadEvent[], theme: ChartTheme): TimeMarker[] {
  return events
    .map((event, index) => ({ event, id: index + 1 }))
    .filter(({ event }) => !isKind(event.kind) || isMarked(event.kind))
    .map(({ event: { at_s: atS, kind, text }, id }) => ({
      id,
      atS,
      // Behind a colon stands what is more than a label has room for.
      text: text.split(': ')[0] ?? text,
      about: text,
      short: isKind(kind) ? EVENT_KINDS[kind].short : kind,
      colour: theme[isKind(kind) ? EVENT_KINDS[kind].tone : 'warn'],
    }));
}

function isKind(kind: string): kind is EventKind {
  return Object.hasOwn(EVENT_KINDS, kind);
}

/** The median round trip of each local transport that is measured now, of its quickest channel, µs. */
export function transportLevels(channels: readonly ChannelView[]): LevelLine[] {
  const least = new Map<TransportId, number>();
  for (const { transport, status, stats } of channels) {
    const ns = stats.fromSent?.p50;
    if (status.kind !== 'measuring' || ns === undefined) continue;
    least.set(transport, Math.min(ns, least.get(transport) ?? Infinity));
  }
  return [...least].map(([transport, ns]) => ({
    id: transport,
    label: `${TRANSPORTS[transport].title} ${formatDuration(ns)}`,
    value: ns / 1000,
  }));
}

/** Of all values that there are; null without any. */
export function extent(lines: readonly TimeLine[], others: readonly number[] = []): [low: number, high: number] | null {
  let [low, high] = [Infinity, -Infinity];
  for (const value of [...lines.flatMap(({ values }) => values), ...others]) {
    if (value === null || value <= 0) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low <= high ? [low, high] : null;
}
