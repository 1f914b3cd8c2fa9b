import { expect, test } from 'vitest';
import type { ChannelView } from '../../../../../shared/snapshot';
import { TRANSPORT_IDS, TRANSPORTS, type TransportId } from '../../../../../shared/transport-catalog';
import { DARK_CHART, LIGHT_CHART } from '../../../charts/chart-theme';
import { lineSpec, PROCESS_DASHES } from '../../../charts/line-spec';
import { useShell } from '../../../store/shell-store';
import { selectColouring } from './line-colouring';

const LIVE = TRANSPORT_IDS.filter((id) => TRANSPORTS[id].notLive === undefined);

function channel(processId: string, transport: TransportId): ChannelView {
  const totals = { sent: 0, answered: 0, lost: 0, skipped: 0, late: 0, duplicate: 0, reordered: 0, rejected: 0 };
  return {
    id: `${processId}/${transport}`,
    processId,
    transport,
    label: transport,
    status: { kind: 'measuring' },
    enabled: true,
    everEnabled: true,
    stats: { fromSent: null, fromIntended: null, totals, answeredPerSecond: 0 },
  };
}

function stateWith(channels: readonly ChannelView[], patch: Partial<ReturnType<typeof useShell.getState>> = {}) {
  return { ...useShell.getInitialState(), frozenChannels: channels, colourIndex: { echo: 3, digest: 4 }, ...patch };
}

const few = ['echo', 'digest'].flatMap((id) =>
  (['message-port', 'unix-dgram', 'fifo'] as const).map((transport) => channel(id, transport)),
);
const many = [...LIVE.map((transport) => channel('echo', transport)), channel('digest', 'fifo')];

test('a hue is a process while its dashes tell its lines apart, and a transport when they no longer do', () => {
  expect(selectColouring(stateWith(few)).by).toBe('process');
  expect(selectColouring(stateWith(many)).by).toBe('transport');
});

test('lines hidden in the legend are not told apart, so they do not count', () => {
  const hidden = new Set(many.slice(3).map(({ id }) => id));
  expect(selectColouring(stateWith(many, { hidden })).by).toBe('process');
});

test('what the person chose holds', () => {
  expect(selectColouring(stateWith(many, { colourBy: 'process' })).by).toBe('process');
  expect(selectColouring(stateWith(few, { colourBy: 'transport' })).by).toBe('transport');
});

test.each([LIGHT_CHART, DARK_CHART])('by transport every line of a few processes looks different', (theme) => {
  const channels = PROCESS_DASHES.flatMap((_, index) => LIVE.map((transport) => channel(`p${index}`, transport)));
  const colouring = selectColouring(stateWith(channels));
  const looks = channels.map((each) => lineSpec(each, colouring, theme)).map(({ colour, dash }) => `${colour} ${dash}`);
  expect(new Set(looks).size).toBe(channels.length);
});

test('the process with most lines has the solid ones', () => {
  const colouring = selectColouring(stateWith([channel('digest', 'fifo'), ...many.slice(0, -1)]));
  expect(lineSpec(channel('echo', 'message-port'), colouring, LIGHT_CHART).dash).toBe('none');
});

test('a colouring that stays the same keeps its identity when only figures change', () => {
  const before = selectColouring(stateWith(few));
  expect(selectColouring(stateWith(structuredClone(few)))).toBe(before);
});
