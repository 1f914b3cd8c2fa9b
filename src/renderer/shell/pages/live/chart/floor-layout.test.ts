import { expect, test } from 'vitest';
import { formatMicros } from '../../../../../shared/format';
import type { ChannelView, FloorView } from '../../../../../shared/snapshot';
import type { TransportId } from '../../../../../shared/transport-catalog';
import { layoutFloorLabels, shownFloors } from './floor-layout';

function floor(transport: TransportId, p50: number | null): FloorView {
  return { transport, payloadBytes: 64, p50, p99: p50, reason: p50 === null ? 'why' : null };
}

const channels = (...transports: TransportId[]): ChannelView[] =>
  transports.map((transport) => ({ transport }) as ChannelView);

test('a floor is shown for each transport that has a line, lowest first', () => {
  const floors = [floor('tcp', 12_000), floor('fifo', 8000), floor('udp', 1), floor('shmem', null)];
  expect(shownFloors(floors, channels('fifo', 'fifo', 'tcp', 'shmem', 'message-port'))).toEqual([
    { transport: 'fifo', micros: 8 },
    { transport: 'tcp', micros: 12 },
  ]);
});

test('floors far apart have a label each, over their line', () => {
  const labels = layoutFloorLabels(
    [
      { transport: 'fifo', micros: 8.92, y: 200 },
      { transport: 'tcp', micros: 120, y: 100 },
    ],
    10,
  );
  expect(labels).toEqual([
    { text: `kernel floor: Named pipe ${formatMicros(8920)}`, y: 197 },
    { text: `kernel floor: TCP ${formatMicros(120_000)}`, y: 97 },
  ]);
});

test('floors that lie close share a label, and a long one counts its rest', () => {
  const transports: TransportId[] = ['fifo', 'unix-dgram', 'tcp', 'tcp6', 'udp', 'udp6'];
  const labels = layoutFloorLabels(
    transports.map((transport, i) => ({ transport, micros: 8 + i, y: 200 - i * 5 })),
    10,
  );
  expect(labels).toHaveLength(1);
  expect(labels[0]?.text).toMatch(/Named pipe 8\.00\sµs, .* 11\.0\sµs, 2 more$/);
});

test('a label at the top stays in the plot', () => {
  expect(layoutFloorLabels([{ transport: 'fifo', micros: 8, y: 11 }], 10)[0]?.y).toBe(20);
});
