import { readdirSync, readFileSync, readlinkSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { benchCsvHeader } from '../../src/shared/bench/report-csv';
import { benchResultSchema } from '../../src/shared/bench/schema';
import { CommandUnderTest } from './support/command';
import { until } from './support/app';
import { pingingEnds, processesMentioning } from './support/processes';

/** Small numbers everywhere: that it measures is tested, not how fast. */
const QUICK = ['-n', '60', '--warmup', '20', '--rounds', '2'];

async function bench(...args: string[]) {
  const command = CommandUnderTest.start('bench', ...args);
  return { ...(await command.ended), command };
}

/** Nothing of the command is left: no process, no socket, no FIFO, no run directory. */
async function nothingLeft(command: CommandUnderTest): Promise<void> {
  await until(() => expect(processesMentioning(command.home)).toEqual([]));
  expect(readdirSync(join(command.home, 't'))).toEqual([]);
}

test('one method: the summary lines, the distribution, exit code 0, nothing left behind', async () => {
  const { code, out, err, command } = await bench('-n', '300', '--warmup', '20', '--method', 'fifo');
  expect(code, err).toBe(0);
  expect(out).toMatch(/^Method: fifo /);
  expect(out).toMatch(
    /300 cycles completed in [\d.]+ (µs|ms|s)\n +[\d,]+ per second\n +[\d.]+ (ns|µs|ms) per operation/,
  );
  for (const name of ['min', 'p50', 'p90', 'p99', 'max'])
    expect(out).toMatch(new RegExp(`^ +${name} +[\\d.,]+ µs$`, 'm'));
  // Of 300 samples it would be the slowest.
  expect(out).toMatch(/^ +p99\.9 +–$/m);
  expect(out).toMatch(/^ +lost 0$/m);
  expect(out).toMatch(/^Clock: .*steps of .*\(two readings\)/m);
  // Piped: plain lines, on standard error.
  expect(err).toContain('[1/3] round 1 of 3, fifo at 64 B\n');
  await nothingLeft(command);
});

test('several methods with --json -: standard output is the result and nothing else', async () => {
  const { code, out, err } = await bench(
    ...QUICK,
    '--method',
    'message-port,unix-stream,fifo',
    '--size',
    '0,1024',
    '--json',
    '-',
  );
  expect(code, err).toBe(0);
  const { runs, environment } = benchResultSchema.parse(JSON.parse(out));
  expect(environment).toMatchObject({ interrupted: false, electron: expect.stringMatching(/^\d+\./) });
  expect(environment.clock?.overhead_ns).toBeGreaterThan(0);
  expect(runs.map(({ method, size }) => `${method} ${size}`)).toEqual([
    'message-port 0',
    'message-port 1024',
    'unix-stream 0',
    'unix-stream 1024',
    'fifo 0',
    'fifo 1024',
  ]);
  for (const run of runs) {
    expect(run).toMatchObject({
      route: 'plugin-plugin',
      placement: 'free',
      mode: 'closed',
      warmup: 20,
      cycles: 60,
      rounds: 2,
      lost: 0,
      unavailable: null,
    });
    expect(run.detail).toMatchObject({ samples: 60, late: 0, duplicate: 0, reordered: 0, rejected: 0 });
    expect(run.detail?.round_p50_ns).toHaveLength(2);
    const { min, p50, p90, p99, p99_9, max } = run.rtt_ns as NonNullable<typeof run.rtt_ns>;
    expect([min, p50, p90, p99, p99_9, max]).toEqual([min, p50, p90, p99, p99_9, max].toSorted((a, b) => a - b));
    // A floor, or the reason why there is none.
    expect(run.floor_ns === null).toBe(run.ratio_p50 === null);
    expect(run.floor_ns === null).toBe(typeof run.detail?.floor_unavailable === 'string');
  }
});

test('every method that there is: measured, or unavailable with a reason', async () => {
  const { code, out, err, command } = await bench('-n', '20', '--warmup', '5', '--rounds', '1', '--json', '-');
  // Methods that nobody asked for by name may be unavailable.
  expect(code, err).toBe(0);
  const { runs } = benchResultSchema.parse(JSON.parse(out));
  expect(runs.length).toBeGreaterThan(8);
  for (const run of runs) expect(run.rtt_ns === null, run.method).toBe(typeof run.unavailable === 'string');
  // On each of its routes.
  const ports = runs.filter(({ method }) => method === 'message-port');
  expect(ports.map(({ route, lost }) => `${route} ${lost}`)).toEqual([
    'plugin-plugin 0',
    'plugin-renderer 0',
    'browser-plugin 0',
    'browser-renderer 0',
  ]);
  await nothingLeft(command);
});

test('several methods in words: a table with a row each', async () => {
  const { code, out, err } = await bench(...QUICK, '--method', 'tcp,udp');
  expect(code, err).toBe(0);
  expect(out).toMatch(/^method +size +fastest +slowest +median +mean +samples +items\/s +floor +ratio/);
  expect(out).toMatch(/^tcp +64 B .* 60 /m);
  expect(out).toMatch(/^udp +64 B .* 60 /m);
});

test('open loop: corrected and uncorrected, CSV with a row for each ping, percentile files, report', async () => {
  const { code, out, err, command } = await bench(
    '--rate',
    '200',
    '--duration',
    '1',
    '--rounds',
    '2',
    '--method',
    'fifo',
    '--csv',
    'out/all.csv',
    '--hgrm',
    'out',
    '--html',
    'out/all.html',
    '--json',
    'out/all.json',
  );
  expect(code, err).toBe(0);
  expect(out).toMatch(/corrected \(from the intended send\)[^]*uncorrected \(from the actual send\)/);
  const folder = join(command.home, 'out');
  expect(readdirSync(folder).toSorted()).toEqual([
    'all.csv',
    'all.html',
    'all.json',
    'fifo-64-free-corrected.hgrm',
    'fifo-64-free-uncorrected.hgrm',
  ]);
  const [run] = benchResultSchema.parse(JSON.parse(readFileSync(join(folder, 'all.json'), 'utf8'))).runs;
  expect(run).toMatchObject({
    mode: 'open',
    cycles: 200,
    detail: { rate_per_second: 200, duration_s: 1, samples: 200 },
  });
  expect(run?.detail?.uncorrected_rtt_ns?.p50).toBeLessThanOrEqual(run?.rtt_ns?.p50 ?? 0);
  const rows = readFileSync(join(folder, 'all.csv'), 'utf8').trimEnd().split('\r\n');
  expect(rows[0]).toBe(benchCsvHeader(false).join(','));
  expect(rows).toHaveLength(201);
  // The percentiles are those of the rows.
  const rtts = rows
    .slice(1)
    .map((row) => Number(row.split(',')[10]))
    .toSorted((a, b) => a - b);
  expect(run?.rtt_ns).toMatchObject({ min: rtts[0], p50: rtts[99], max: rtts[199] });
  expect(readFileSync(join(folder, 'fifo-64-free-corrected.hgrm'), 'utf8')).toMatch(/^ +Value +Percentile/);
  const html = readFileSync(join(folder, 'all.html'), 'utf8');
  expect(html).toMatch(/<figure class="boxes">[^]*Named pipe/);
  expect(html).toContain('open loop, 200 per second');
});

test.skipIf(process.platform !== 'linux')('same core: both ends are placed, or the reason is said', async () => {
  const { out, err, code } = await bench(
    ...QUICK,
    '--method',
    'unix-stream',
    '--placement',
    'same-core',
    '--json',
    '-',
  );
  const [run] = benchResultSchema.parse(JSON.parse(out)).runs;
  if (run?.unavailable !== null) {
    expect(code).toBe(3);
    expect(run?.unavailable).toContain('--placement free');
    return;
  }
  expect(code, err).toBe(0);
  expect(run.detail?.cpus?.pinger).toHaveLength(1);
  expect(run.detail?.cpus?.answerer).toEqual(run.detail?.cpus?.pinger);
});

test('outputs: links are followed, a device stays one, and what can not be written is told with exit code 1', async () => {
  const command = CommandUnderTest.start('serve', '--help');
  await command.ended;
  const at = (name: string) => join(command.home, name);
  symlinkSync('there.json', at('out.json'));
  symlinkSync('percentiles', at('hgrm'));
  symlinkSync('/dev/full', at('out.csv'));
  const outputs = ['--json', 'out.json', '--hgrm', 'hgrm', '--csv', 'out.csv'];
  const { code, err } = await command.beside('bench', ...QUICK, '--method', 'fifo', ...outputs).ended;
  expect(code).toBe(1);
  expect(err).toMatch(/out\.csv was not written: the disk is full, or the device takes no more/);
  expect(benchResultSchema.parse(JSON.parse(readFileSync(at('there.json'), 'utf8'))).runs).toHaveLength(1);
  expect(readdirSync(at('percentiles'))).toHaveLength(1);
  expect(readlinkSync(at('out.json'))).toBe('there.json');
  expect(readlinkSync(at('hgrm'))).toBe('percentiles');
  expect(readlinkSync(at('out.csv'))).toBe('/dev/full');
});

test('exit code 1: a threshold that does not hold, said as such', async () => {
  const { code, out } = await bench(
    ...QUICK,
    '--method',
    'fifo',
    '--threshold',
    'fifo.p50<1ns',
    '--threshold',
    'fifo.p50<100s',
  );
  expect(code).toBe(1);
  expect(out).toContain('Threshold failed: fifo.p50<1ns');
  expect(out).toContain('Threshold held: fifo.p50<100s');
});

test('--io: the addon reads and writes unless Node.js alone is asked for; the floor waits as the ends do', async () => {
  const measured = async (...args: string[]) => {
    const { out } = await bench(...QUICK, '--method', 'fifo,tcp,udp,unix-dgram', ...args, '--json', '-');
    return benchResultSchema.parse(JSON.parse(out)).runs.map(({ method, lost, detail }) => ({
      method,
      lost,
      io: detail?.io,
      spins: (detail?.floor_spin_ns ?? 0) > 0,
    }));
  };
  const of = (io: 'native' | 'node', spins: boolean) =>
    ['fifo', 'tcp', 'udp'].map((method) => ({ method, lost: 0, io, spins }));
  const packages = { method: 'unix-dgram', lost: 0, io: null, spins: false };
  expect(await measured()).toEqual([...of('native', true), packages]);
  expect(await measured('--io', 'node')).toEqual([...of('node', false), packages]);
});

test.each([
  [['--method', 'carrier-pigeon'], 'carrier-pigeon'],
  [['--method', 'fifo', '--threshold', 'carrier-pigeon.p50<1s'], 'carrier-pigeon'],
  [['--method', 'fifo', '--threshold', 'tcp.p50<1s'], 'tcp.p50<1s'],
  [['--method', 'fifo', '--threshold', 'fifo.p51<1s'], 'p51'],
  [['--method', 'fifo', '--route', 'browser-renderer'], 'It has: plugin-plugin'],
  [['--route', 'round-trip'], 'There is no route “round-trip”'],
  [['--size', 'huge'], '--size'],
  [['--frobnicate'], '--frobnicate'],
])('exit code 2: %j, with a sentence and nothing on standard output', async (args, named) => {
  const { code, out, err } = await bench(...args);
  expect(code).toBe(2);
  expect(err).toContain(named);
  expect(out).toBe('');
});

test('in worker threads: kernel transports between plugins, closed and open loop, what is Chromium’s refused; nothing left', async () => {
  const open = [
    '--rate',
    '200',
    '--duration',
    '0.5',
    '--warmup',
    '20',
    '--rounds',
    '1',
    '--method',
    'fifo,message-port',
  ];
  for (const asked of [[...QUICK, '--method', 'fifo,tcp,stdout,message-port'], open]) {
    const { code, out, err, command } = await bench(...asked, '--thread', 'worker', '--json', '-');
    // Message ports were asked for, and can't be had there.
    expect(code, err).toBe(3);
    await nothingLeft(command);
    const { runs } = benchResultSchema.parse(JSON.parse(out));
    for (const run of runs.filter(({ unavailable }) => unavailable === null)) {
      expect(run).toMatchObject({ lost: 0, detail: { thread: 'worker' } });
      expect(run.detail?.samples).toBe(run.cycles);
    }
    expect(runs.filter(({ unavailable }) => unavailable === null)).toHaveLength(asked === open ? 1 : 3);
    expect(runs.find(({ method }) => method === 'message-port')?.unavailable).toContain('--thread main');
  }
});

test('exit code 3: a method that can not be had here at that size', async () => {
  const { code, out, command } = await bench(...QUICK, '--method', 'udp', '--size', '1MiB', '--json', '-');
  expect(code).toBe(3);
  await nothingLeft(command);
  const [run] = benchResultSchema.parse(JSON.parse(out)).runs;
  expect(run).toMatchObject({ rtt_ns: null, unavailable: expect.stringContaining('1048576') });
});

test('Ctrl+C prints what was measured so far, whole JSON included, exits with 130 and leaves nothing', async () => {
  // Minutes of it, on any machine.
  const args = ['-n', '5000000', '--method', 'message-port,tcp', '--json', 'part.json'];
  const command = CommandUnderTest.start('bench', ...args);
  await until(() => expect(command.err).toContain('[1/6]'));
  await pingingEnds(command.home);
  command.child.kill('SIGINT');
  const { code, out, err } = await command.ended;
  expect(code, err).toBe(130);
  expect(out).toContain('Interrupted');
  const { environment, runs } = benchResultSchema.parse(
    JSON.parse(readFileSync(join(command.home, 'part.json'), 'utf8')),
  );
  expect(environment.interrupted).toBe(true);
  expect(runs.map(({ method }) => method)).toEqual(['message-port']);
  expect(runs[0]?.detail?.samples).toBeGreaterThan(0);
  expect(runs[0]?.detail?.samples).toBeLessThan(5_000_000);
  await nothingLeft(command);
});

test('killing the launcher ends the benchmark and leaves nothing', async () => {
  const command = CommandUnderTest.start('bench', '-n', '5000000', '--method', 'fifo');
  await until(() => expect(command.err).toContain('[1/3]'));
  command.child.kill('SIGKILL');
  await nothingLeft(command);
});

test('help of its own', async () => {
  const { code, out } = await bench('--help');
  expect(code).toBe(0);
  expect(out).toContain('--threshold');
});
