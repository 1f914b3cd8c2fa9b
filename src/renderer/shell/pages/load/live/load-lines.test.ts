import { expect, test } from 'vitest';
import type { LoadPoint } from '../../../../../shared/load/view';
import type { ChannelView } from '../../../../../shared/snapshot';
import { LIGHT_CHART } from '../../../charts/chart-theme';
import { extent, latencyLines, loadMarkers, queueLines, rateLines, transportLevels } from './load-lines';

const ROUTES = [
  { route: 'http', mode: 'direct' },
  { route: 'nats', mode: 'core' },
] as const;
const NOTHING = {
  requestsPerSecond: 0,
  failuresPerSecond: 0,
  deliveredPerSecond: 0,
  responseP50: null,
  responseP95: null,
  endToEndP50: null,
  endToEndP95: null,
  queued: null,
};
const POINTS: LoadPoint[] = [
  {
    atS: 0,
    users: 1,
    routes: {
      http: { ...NOTHING, requestsPerSecond: 10, endToEndP50: 0.5, endToEndP95: 2 },
      nats: { ...NOTHING, requestsPerSecond: 4, failuresPerSecond: 1 },
    },
  },
  { atS: 1, users: 2, routes: { http: NOTHING } },
];

test('each route has its median and its 95th percentile, in microseconds, with gaps', () => {
  const lines = latencyLines(POINTS, ROUTES, 'endToEnd', LIGHT_CHART);
  expect(lines.map(({ id, values }) => [id, values])).toEqual([
    ['http p95', [2000, null]],
    ['http p50', [500, null]],
    ['nats p95', [null, null]],
    ['nats p50', [null, null]],
  ]);
});

test('a route has its hue whichever others there are', () => {
  const hueOf = (routes: Parameters<typeof latencyLines>[1]) =>
    latencyLines(POINTS, routes, 'endToEnd', LIGHT_CHART).find(({ id }) => id === 'nats p50')?.colour;
  expect(hueOf(ROUTES.slice(1))).toBe(hueOf(ROUTES));
});

test('requests and failures are those of all routes', () => {
  expect(rateLines(POINTS, ROUTES, LIGHT_CHART).map(({ values }) => values)).toEqual([
    [14, 0],
    [1, 0],
  ]);
});

test('only a system that tells what it holds has a line for it', () => {
  const points = [{ atS: 1, users: 1, routes: { nats: { ...NOTHING, queued: 3 } } }];
  const lines = (mode: string) =>
    queueLines(
      points,
      [
        { route: 'http', mode: 'direct' },
        { route: 'nats', mode },
      ],
      LIGHT_CHART,
    );
  expect(lines('core')).toEqual([]);
  expect(lines('jetstream').map(({ id, values }) => [id, values])).toEqual([['nats queued', [3]]]);
});

test('deaths and restarts are marked, launches are not', () => {
  const event = { at_s: 3, route: 'nats', role: 'server' };
  const markers = loadMarkers(
    [
      { ...event, kind: 'kill', text: 'nats-server killed' },
      { ...event, kind: 'launched', text: 'nats-server launched' },
      { ...event, kind: 'restart', text: 'nats-server restarted' },
    ],
    LIGHT_CHART,
  );
  expect(markers.map(({ id, short, colour }) => [id, short, colour])).toEqual([
    [1, 'kill', LIGHT_CHART.bad],
    [3, 'restart', LIGHT_CHART.good],
  ]);
});

test('the level of a transport is its quickest channel’s median; what rests has none', () => {
  const channel = (transport: string, p50: number | null, kind = 'measuring') =>
    ({ transport, status: { kind }, stats: { fromSent: p50 === null ? null : { p50 } } }) as unknown as ChannelView;
  expect(
    transportLevels([
      channel('fifo', 90_000),
      channel('fifo', 80_000),
      channel('tcp', 70_000, 'paused'),
      channel('unix-dgram', null),
    ]),
  ).toMatchObject([{ id: 'fifo', value: 80 }]);
});

test('the extent is that of what is there', () => {
  const lines = latencyLines(POINTS, ROUTES, 'endToEnd', LIGHT_CHART);
  expect(extent(lines, [80])).toEqual([80, 2000]);
  expect(extent([])).toBeNull();
});
