import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type BenchResult, benchResultSchema } from '../../src/shared/bench/schema';
import { until } from './support/app';
import { CommandUnderTest } from './support/command';
import { pingingEnds, processesMentioning, processorTimeOf } from './support/processes';

/** What can go wrong with a measurement is counted, told, and no success. */

const runOf = (text: string) => benchResultSchema.parse(JSON.parse(text)).runs[0] as BenchResult['runs'][number];

/** Every ping that was asked for: answered, lost or not sent. */
function accounted({ lost, skipped, detail }: BenchResult['runs'][number]): number {
  return (detail?.samples ?? 0) + lost + skipped;
}

test('an overload: the run is saturated, each ping that was due is counted, and the figures are lower bounds', async () => {
  const command = CommandUnderTest.start(
    ...['bench', '--method', 'message-port', '--size', '256KiB', '--rate', '10000', '--duration', '2'],
    ...['--rounds', '1', '--timeout', '1000', '--warmup', '20', '--json', 'all.json', '--csv', 'all.csv'],
  );
  const { code, out, err } = await command.ended;
  expect(code, err).toBe(1);
  expect(out).toMatch(/max +≥/);
  expect(out).toMatch(/not sent [\d,]+$/m);
  expect(err).toMatch(/message-port at 256 KiB: of 20,000 pings .*not sent\. Overload: /);
  const run = runOf(readFileSync(join(command.home, 'all.json'), 'utf8'));
  expect(run).toMatchObject({ saturated: true, detail: { lower_bound_from_ns: expect.any(Number) } });
  expect(run.skipped).toBeGreaterThan(0);
  expect(accounted(run)).toBe(20_000);
  // On the benchmark's own clock: its duration and one time limit, and the turn in which that was up.
  expect(run.detail?.elapsed_ns).toBeLessThan(3.5e9);
  // The last ones waited until the end.
  expect(run.rtt_ns?.max).toBeGreaterThanOrEqual(1e9);
  expect(readFileSync(join(command.home, 'all.csv'), 'utf8').trimEnd().split('\r\n')).toHaveLength(20_001);
});

test.each([
  ['unix-stream', ['--path', 's']],
  ['tcp', ['--port', '0']],
  ['unix-dgram', ['--path', 's']],
])(
  'ping over %s whose server is killed: all that it did not answer is told, and the exit code is 1',
  async (method, place) => {
    const server = CommandUnderTest.start('serve', '--method', method, ...place);
    await until(() => expect(server.out, server.err).toContain('Stop it with'));
    const port = /TCP port (\d+)/.exec(server.out)?.[1];
    const at = port === undefined ? place : ['--port', port];
    const ping = server.beside(
      ...['ping', '--method', method, ...at, '-n', '2000000', '--timeout', '200', '--out', 'results.json'],
    );
    // Its start takes some tenths of a second of it: so some of them were answered.
    await until(() => expect(processorTimeOf(pingOf(server.home) ?? 0)).toBeGreaterThan(1));
    process.kill(Number(/kill (\d+)/.exec(server.out)?.[1]), 'SIGKILL');
    const { code, out, err } = await ping.ended;
    await server.ended;
    expect(code, err).toBe(1);
    expect(out).toMatch(/lost \d+, not sent [\d,]+/);
    expect(err).toMatch(
      new RegExp(`${method} process-process at 64 B: of 2,000,000 pings \\d+ lost, [\\d,]+ not sent\\. `),
    );
    const run = runOf(readFileSync(join(server.home, 'results.json'), 'utf8'));
    expect(run.detail?.samples).toBeGreaterThan(0);
    expect(run.skipped).toBeGreaterThan(0);
    expect(run.lost).toBeGreaterThan(0);
    expect(accounted(run)).toBe(2_000_000);
  },
);

function pingOf(home: string): number | undefined {
  return processesMentioning(home).find((pid) => commandLine(pid).includes('ping.js'));
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

test('an answerer that is killed in the middle of a round: what was measured stays, the rest is told, exit code 1', async () => {
  const command = CommandUnderTest.start(
    ...[
      'bench',
      '--method',
      'unix-stream',
      '-n',
      '2000000',
      '--rounds',
      '1',
      '--timeout',
      '200',
      '--no-floor',
      '--json',
      '-',
    ],
  );
  const [, answerer] = await pingingEnds(command.home);
  process.kill(answerer, 'SIGKILL');
  const { code, out, err } = await command.ended;
  expect(code, err).toBe(1);
  const run = runOf(out);
  expect(run.detail?.samples).toBeGreaterThan(0);
  expect(run.skipped).toBeGreaterThan(0);
  expect(accounted(run)).toBe(2_000_000);
  expect(err).toMatch(/unix-stream at 64 B: of 2,000,000 pings .*not sent\. .*(The answerer ended|The channel broke)/);
});

test('a pinger that is killed takes its round along: its pings count as not sent, exit code 1', async () => {
  const command = CommandUnderTest.start(
    ...['bench', '--method', 'fifo', '-n', '400000', '--rounds', '2', '--no-floor', '--json', '-'],
  );
  const [pinger] = await pingingEnds(command.home, 0.8);
  process.kill(pinger, 'SIGKILL');
  const { code, out, err } = await command.ended;
  expect(code, err).toBe(1);
  expect(runOf(out)).toMatchObject({ skipped: 200_000, lost: 0, detail: { samples: 200_000 } });
});

const FEW = ['-n', '60', '--warmup', '10', '--rounds', '1', '--no-floor', '--method', 'fifo'];

test.each([
  ['JSON', ['--json', '-']],
  ['the report', []],
])('%s to a full device: exit code 1, with a sentence', async (_, args) => {
  const { code, err } = await CommandUnderTest.startInto('/dev/full', 'bench', ...FEW, ...args).ended;
  expect(code).toBe(1);
  expect(err).toContain('no room left');
});

test('a reader that goes away before the results come: exit code 1, with a sentence', async () => {
  const command = CommandUnderTest.start('bench', ...FEW, '--json', '-');
  command.child.stdout?.destroy();
  const { code, err } = await command.ended;
  expect(code).toBe(1);
  expect(err).toContain('the program that reads them ended');
});

test('--csv, --hgrm and --html where nothing can be written: exit code 1, with a sentence each', async () => {
  const command = CommandUnderTest.start('--help');
  await command.ended;
  mkdirSync(join(command.home, 'taken/fifo-64-free.hgrm'), { recursive: true });
  // That nobody reads them shows only when they are written.
  execFileSync(
    'mkfifo',
    ['csv', 'html'].map((name) => join(command.home, name)),
  );
  const outputs = ['--csv', 'csv', '--hgrm', 'taken', '--html', 'html'];
  const { code, err } = await command.beside('bench', ...FEW, ...outputs).ended;
  expect(code).toBe(1);
  expect(err.match(/(?:csv|html|fifo-64-free\.hgrm) was not written/g)).toHaveLength(3);
});

test('ping whose output or --out can not be written: exit code 1, with a sentence', async () => {
  const server = CommandUnderTest.start('serve', '--method', 'unix-stream', '--path', 's');
  await until(() => expect(server.out, server.err).toContain('Stop it with'));
  const ping = ['ping', '--method', 'unix-stream', '--path', join(server.home, 's'), '-n', '20'];
  execFileSync('mkfifo', [join(server.home, 'pipe')]);
  const [full, out] = await Promise.all([
    CommandUnderTest.startInto('/dev/full', ...ping).ended,
    server.beside(...ping, '--out', 'pipe').ended,
  ]);
  server.child.kill('SIGINT');
  await server.ended;
  expect(full.code).toBe(1);
  expect(full.err).toContain('no room left');
  expect(out.code).toBe(1);
  expect(out.out).toMatch(/20 cycles completed/);
  expect(out.err).toContain('was not written');
});
