import { expect, test } from 'vitest';
import { exampleChannel, exampleRecording, NOW_NS } from '../../../tests/schema/example-recording';
import { readTrace } from '../../../tests/support/trace-format';
import type { StampColumn } from '../measure/sample-columns';
import { SampleLog } from '../measure/sample-log';
import type { CutRecording } from '../recording/cut';
import { MOST_PINGS, recordingTrace, traceExtent } from './recording-trace';
import { tracePieces } from './write-trace';

const written = (recording: CutRecording) =>
  [...tracePieces(recordingTrace(recording))].map(({ content }) => content as string).join('');
const example = async () => exampleRecording([await exampleChannel('echo')]);

/** Pings every so often, each answered after `rttNs`. */
function pings(count: number, everyNs: number, rttNs: number, fromNs = 0): SampleLog {
  const log = new SampleLog();
  for (let i = 0; i < count; i += 1) {
    const sequence = log.append(fromNs + i * everyNs, 64, false);
    log.markSent(sequence, fromNs + i * everyNs + 100);
    log.settle(sequence, 'answered', rttNs);
  }
  return log;
}

test('each answered ping is a slice of its round trip, in a row of its channel at the browser process', async () => {
  const trace = readTrace(written(await example()));
  const roundTrips = trace.slices.filter(({ name }) => name === 'round trip');
  expect(roundTrips.map(({ fromUs, toUs }) => Math.round((toUs - fromUs) * 1000))).toEqual([93_400, 120_000, 80_001]);
  expect(new Set(roundTrips.map(({ pid, tid }) => `${pid} ${trace.rows.get(tid)}`))).toEqual(
    new Set(['100 main thread: echo · Message port']),
  );
  // It stands in a slice that begins when the ping was due.
  expect(trace.slices.filter(({ depth }) => depth === 0).map(({ fromUs }) => fromUs)).toEqual([
    59_000_000, 59_050_000, 59_400_000,
  ]);
});

test('a ping that nobody answered is a point, with what became of it', async () => {
  const { file } = readTrace(written(await example()));
  const points = file.traceEvents.filter(({ ph, ...rest }) => ph === 'i' && 's' in rest && rest.s === 't');
  expect(points.map((event) => ('name' in event ? event.name : ''))).toEqual([
    'not answered: timeout',
    'not answered: refused',
    'not answered: window-full',
    'not answered: peer-gone',
    'not answered: skipped',
  ]);
});

test('what happened is an instant of its process, dead ones included', async () => {
  const trace = readTrace(written(await example()));
  expect(trace.file.traceEvents.find((event) => event.ph === 'i' && event.s === 'p')).toMatchObject({
    name: 'digest crashed (SIGSEGV)',
    pid: 4242,
    ts: 59_000_000,
  });
  // Digest died as 4242 and runs as 300.
  expect([...trace.processes]).toEqual([
    [100, 'Browser'],
    [200, 'echo'],
    [4242, 'digest'],
    [300, 'digest'],
  ]);
});

test('round trips and CPU are counters', async () => {
  const { file } = readTrace(written(await example()));
  const counters = file.traceEvents.filter((event) => event.ph === 'C');
  expect(counters.filter(({ name }) => name === 'CPU').map(({ ts, args }) => [ts, args])).toEqual([
    [58_000_000, { '% of one core': 12.5 }],
    [59_500_000, { '% of one core': 25 }],
  ]);
  expect(counters.filter(({ name }) => name === 'echo · Message port').map(({ args }) => args)).toEqual([
    { 'round trip (µs)': 93.4 },
    { 'round trip (µs)': 120 },
    { 'round trip (µs)': 80.001 },
  ]);
});

test('rows are named after their thread, and those of one thread stand together', async () => {
  const stamped = (transport: string, thread: 'main' | 'worker') => {
    const log = pings(3, 1e9, 50_000, NOW_NS - 5e9);
    for (let i = 0; i < 3; i += 1) {
      const at = NOW_NS - 5e9 + i * 1e9;
      log.stamp(i, 'wroteNs', at + 200);
      log.stamp(i, 'peerTookNs', at + 300);
      log.stamp(i, 'peerAnsweredNs', at + 400);
    }
    return exampleChannel('echo', log).then((channel) => ({ ...channel, label: `echo · ${transport}`, thread }));
  };
  const recording = exampleRecording([
    await stamped('Message port', 'main'),
    await stamped('Named pipe', 'worker'),
    await stamped('Unix datagram', 'main'),
  ]);
  const { file, rows } = readTrace(written(recording));
  const namesOf = (pid: number) =>
    file.traceEvents
      .filter((event) => event.ph === 'M' && event.name === 'thread_name' && event.pid === pid)
      .map(({ tid }) => rows.get(tid));
  expect(namesOf(100)).toEqual([
    'main thread',
    'main thread: echo · Message port',
    'main thread: echo · Unix datagram',
    'measuring thread: echo · Named pipe',
  ]);
  expect(namesOf(200)).toEqual([
    'main thread',
    'main thread: echo · Message port',
    'main thread: echo · Unix datagram',
    'answering thread: echo · Named pipe',
  ]);
});

test('the kernel floors are counters of the browser process, in the stretch that the trace holds', async () => {
  const cut = await exampleChannel('floor', pings(200, 1e9, 30_000));
  const recording = {
    ...exampleRecording([]),
    endedAtNs: 200e9,
    floorSeries: [
      { ...cut, id: 'floor:unix-dgram', transports: ['unix-dgram' as const, 'unix-dgram-native' as const] },
    ],
  };
  const floors = readTrace(written(recording)).file.traceEvents.filter((event) => event.ph === 'C');
  expect(floors).toHaveLength(60);
  expect(floors[0]).toMatchObject({
    name: 'kernel floor: Unix datagram · Unix datagram, native',
    pid: 100,
    ts: 140_000_030.1,
    args: { 'round trip (µs)': 30 },
  });
});

test('pings that are under way at once have rows of their own', async () => {
  const overlapping = exampleRecording([await exampleChannel('echo', pings(9, 1000, 2500, NOW_NS - 1e9))]);
  const trace = readTrace(written(overlapping));
  const rows = new Set(trace.slices.map(({ tid }) => trace.rows.get(tid)));
  expect([...rows]).toEqual([
    'main thread: echo · Message port',
    'main thread: echo · Message port (2)',
    'main thread: echo · Message port (3)',
  ]);
  expect(trace.slices.filter(({ name }) => name === 'round trip')).toHaveLength(9);
});

test('it says of what it is, and which stretch it holds', async () => {
  const { file } = readTrace(written(await example()));
  expect(file.metadata).toMatchObject({
    format: 'bulkhead-trace',
    bulkhead: '0.1.0',
    recording_began_at: '2026-01-31T12:00:00.000Z',
    from_us: 0,
    to_us: 60_000_000,
    bounds: 'the newest 60 s, or less when that would be more than 50,000 pings',
    environment: { electron: '33.4.11' },
  });
});

test('it holds the newest minute alone', async () => {
  const channel = await exampleChannel('echo', pings(200, 1e9, 50_000));
  const recording = { ...exampleRecording([channel]), endedAtNs: 200e9 };
  const starts = readTrace(written(recording)).slices.map(({ fromUs }) => fromUs / 1e6);
  expect(Math.min(...starts)).toBe(140);
  expect(traceExtent(recording)).toEqual({ fromNs: 140e9, toNs: 200e9, pings: 60 });
});

test('and less of it when that would be too many pings', async () => {
  const channel = await exampleChannel('echo', pings(120_000, 500_000, 50_000));
  const extent = traceExtent({ ...exampleRecording([channel]), endedAtNs: 60e9 });
  expect(extent.fromNs).toBe(45e9);
  expect(extent.pings).toBe(30_000);
  expect(extent.pings).toBeLessThanOrEqual(MOST_PINGS);
});

test('it is written in small pieces, which count every ping once', async () => {
  const recording = exampleRecording([await exampleChannel('echo', pings(1050, 10e6, 50_000, NOW_NS - 20e9))]);
  const counts = [...tracePieces(recordingTrace(recording))].map(({ samples }) => samples).filter((n) => n > 0);
  expect(counts).toEqual([...Array.from({ length: 10 }, () => 100), 50]);
  expect(traceExtent(recording).pings).toBe(1050);
});

test('with stamps each stage is a slice in the process that the ping was with, and arrows lead there and back', async () => {
  const log = new SampleLog();
  const [sent, rtt] = [NOW_NS - 1e9, 100_000];
  const sequence = log.append(sent - 5000, 64, false);
  log.markSent(sequence, sent);
  log.settle(sequence, 'answered', rtt);
  const after = { wroteNs: 10, peerReadNs: 40, peerTookNs: 45, peerAnsweredNs: 60, peerWroteNs: 70, readNs: 95 };
  for (const [point, us] of Object.entries(after)) log.stamp(sequence, point as StampColumn, sent + us * 1000);
  const trace = readTrace(written(exampleRecording([await exampleChannel('echo', log)])));
  const at = (pid: number) =>
    trace.slices
      .filter((slice) => slice.pid === pid)
      .map(({ name, fromUs, toUs, depth }) => [
        name,
        Math.round((fromUs - sent / 1000) * 10) / 10,
        Math.round((toUs - sent / 1000) * 10) / 10,
        depth,
      ]);
  expect(at(100)).toEqual([
    ['ping', -5, 100, 0],
    ['waiting in our process until it was sent', -5, 0, 1],
    ['our call that sent it', 0, 10, 1],
    ['waiting for our thread to be scheduled', 70, 95, 1],
    ['from our thread to our JavaScript', 95, 100, 1],
  ]);
  expect(at(200)).toEqual([
    ['ping', 10, 70, 0],
    ['waiting for the plugin’s thread to be scheduled', 10, 40, 1],
    ['from the plugin’s thread to its JavaScript', 40, 45, 1],
    ['the plugin making its answer', 45, 60, 1],
    ['the plugin’s call that sent the answer', 60, 70, 1],
  ]);
  expect(trace.arrows.map(({ from, to }) => [from.pid, from.name, to.pid, to.name])).toEqual([
    [100, 'our call that sent it', 200, 'waiting for the plugin’s thread to be scheduled'],
    [200, 'the plugin’s call that sent the answer', 100, 'waiting for our thread to be scheduled'],
  ]);
});

test('nested slices end where they end, whatever becomes of times when they are read', async () => {
  // Times whose thousandths have no exact double: an importer truncates them to nanoseconds.
  const log = pings(500, 1_000_003, 333_337, NOW_NS - 1e9 + 7);
  const truncated = JSON.parse(written(exampleRecording([await exampleChannel('echo', log)]))) as {
    traceEvents: Array<{ ts: number }>;
  };
  for (const event of truncated.traceEvents) event.ts = Math.trunc(event.ts * 1000);
  const { slices } = readTrace(JSON.stringify(truncated));
  expect(slices.filter(({ depth }) => depth > 1)).toEqual([]);
  expect(slices.filter(({ depth }) => depth === 1)).toHaveLength(1000);
});
