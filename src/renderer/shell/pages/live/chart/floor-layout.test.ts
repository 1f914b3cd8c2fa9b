import { expect, test } from 'vitest';
import type { ChannelView, FloorView } from '../../../../../shared/snapshot';
import type { TransportId } from '../../../../../shared/transport-catalog';
import { layoutFloorLabels, roughMicros, shownFloors } from './floor-layout';

function floor(transport: TransportId, p50: number | null, changes: Partial<FloorView> = {}): FloorView {
  return {
    transport,
    seriesId: `floor:${transport}`,
    payloadBytes: 64,
    ratePerSecond: 20,
    atMostPerSecond: 50,
    p50,
    p99: p50,
    reason: p50 === null ? 'why' : null,
    ...changes,
  };
}

const channels = (...transports: TransportId[]): ChannelView[] =>
  transports.map((transport) => ({ transport }) as ChannelView);

test('a floor is shown for each transport that has a line, and for none that could not be measured', () => {
  const floors = [floor('tcp', 12_000), floor('fifo', 8000), floor('udp', 1), floor('shmem', null)];
  expect(shownFloors(floors, channels('fifo', 'fifo', 'tcp', 'shmem', 'message-port'))).toEqual([
    { transports: ['tcp'], seriesId: 'floor:tcp', pointsPerSecond: 20 },
    { transports: ['fifo'], seriesId: 'floor:fifo', pointsPerSecond: 20 },
  ]);
});

test('transports of one mechanism share a floor', () => {
  const seriesId = 'floor:unix-dgram';
  const floors = [floor('unix-dgram', 1, { seriesId }), floor('unix-dgram-native', 1, { seriesId })];
  expect(shownFloors(floors, channels('unix-dgram', 'unix-dgram-native'))).toEqual([
    { transports: ['unix-dgram', 'unix-dgram-native'], seriesId, pointsPerSecond: 20 },
  ]);
});

test('one that is measured in bursts has points as wide as they are apart', () => {
  const [line] = shownFloors([floor('fifo', 8000, { ratePerSecond: 1000 })], channels('fifo'));
  expect(line?.pointsPerSecond).toBe(2.5);
});

test('floors far apart have a label each, over their line', () => {
  const labels = layoutFloorLabels(
    [
      { transports: ['tcp'], micros: 120, y: 100 },
      { transports: ['fifo'], micros: 8.92, y: 200 },
    ],
    10,
    700,
  );
  expect(labels).toEqual([
    { text: `kernel floor: Named pipe ${roughMicros(8.92)}`, y: 197 },
    { text: `kernel floor: TCP ${roughMicros(120)}`, y: 97 },
  ]);
});

test('floors that lie close share a label, and a long one counts its rest', () => {
  const transports: TransportId[] = ['fifo', 'unix-dgram', 'tcp', 'tcp6', 'udp', 'udp6'];
  const labels = layoutFloorLabels(
    transports.map((transport, i) => ({ transports: [transport], micros: 8 + i, y: 200 - i * 5 })),
    10,
    700,
  );
  expect(labels).toHaveLength(1);
  expect(labels[0]?.text).toMatch(/Named pipe 8\sµs, .* 11\sµs, 2 more$/);
});

test('in a narrow plot a label has fewer names, and counts more', () => {
  const floors = (['fifo', 'unix-dgram', 'tcp', 'udp'] as const).map((transport) => ({
    ...{ transports: [transport], micros: 30, y: 200 },
  }));
  expect(layoutFloorLabels(floors, 10, 700)[0]?.text).not.toContain('more');
  const [narrow] = layoutFloorLabels(floors, 10, 380);
  expect(narrow?.text).toMatch(/Named pipe 30.µs, Unix datagram 30.µs, 2 more$/);
  expect((narrow?.text.length ?? 0) * 6).toBeLessThan(380);
  expect(layoutFloorLabels(floors, 10, 100)[0]?.text).toBe('4 kernel floors');
  expect(layoutFloorLabels(floors.slice(0, 1), 10, 100)[0]?.text).toMatch(/^kernel floor 30.µs$/);
});

test('a label at the top stays in the plot', () => {
  expect(layoutFloorLabels([{ transports: ['fifo'], micros: 8, y: 11 }], 10, 700)[0]?.y).toBe(20);
});

test('a label has two digits, and none that were not measured', () => {
  expect([8.92, 44.1, 123.4].map((micros) => roughMicros(micros).replace('\u202f', ' '))).toEqual([
    '8.9 µs',
    '44 µs',
    '120 µs',
  ]);
});
