import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordingSchema } from '../../src/shared/recording/schema';
import { until } from './support/app';
import { processesMentioning } from './support/processes';

const BULKHEAD = resolve(import.meta.dirname, '../../bin/bulkhead');
let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'bhcli-'));
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Runs the executable with its temporary files in a folder of the test's own. */
function bulkhead(...args: string[]) {
  return bulkheadWith({}, ...args);
}

function bulkheadWith(env: NodeJS.ProcessEnv, ...args: string[]) {
  const child = spawn(process.execPath, [BULKHEAD, ...args], {
    cwd: scratch,
    env: { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '', TMPDIR: scratch, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const result = { out: '', err: '', code: new Promise<number | null>((done) => child.once('close', done)), child };
  child.stdout.on('data', (chunk: Buffer) => (result.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (result.err += chunk.toString()));
  return result;
}

test('a headless run measures everything, ends by itself and writes all six exports', async () => {
  const folder = join(scratch, 'timed');
  const run = bulkhead(
    'run',
    '--headless',
    '--duration',
    '6',
    '--rate',
    '50',
    '--payload',
    '256',
    '--export',
    folder,
    '--profile',
    join(scratch, 'p1'),
  );
  expect(await run.code, run.err).toBe(0);
  expect(
    readdirSync(folder)
      .map((name) => name.split('.').at(-1))
      .toSorted(),
  ).toEqual(['csv', 'html', 'json', 'json', 'png', 'svg']);
  const json = readdirSync(folder).find((name) => /(?<!\.trace)\.json$/.test(name)) as string;
  const recording = recordingSchema.parse(JSON.parse(readFileSync(join(folder, json), 'utf8')));
  expect(recording.settings).toMatchObject({ ratePerSecond: 50, payloadBytes: 256 });
  expect(recording.channels).toHaveLength(9);
  for (const channel of recording.channels) expect(channel.totals.answered, channel.id).toBeGreaterThan(0);
  // All exports of one run derive from one cut: rows in the CSV and samples in the JSON are the same number.
  const csv = readFileSync(join(folder, json.replace('.json', '.csv')), 'utf8')
    .trimEnd()
    .split('\r\n');
  expect(csv.length - 1).toBe(recording.channels.reduce((sum, { samples }) => sum + samples.seq.length, 0));
  expect(run.out).toContain('alpha.test');
});

test('Ctrl+C ends a headless run cleanly and still writes the exports', async () => {
  const folder = join(scratch, 'interrupted');
  const run = bulkhead('run', '--headless', '--export', folder, '--profile', join(scratch, 'p2'));
  await until(() => expect(run.out).toContain('Named pipe'));
  run.child.kill('SIGINT');
  expect(await run.code, run.err).toBe(0);
  expect(readdirSync(folder)).toHaveLength(6);
  expect(readdirSync(scratch).filter((name) => name.startsWith('bulkhead-run-'))).toEqual([]);
  await until(() => expect(processesMentioning(join(scratch, 'p2'))).toEqual([]));
});

test('killing the launcher leaves no process and no file behind', async () => {
  const run = bulkhead('run', '--headless', '--export', join(scratch, 'orphan'), '--profile', join(scratch, 'p3'));
  await until(() => expect(run.out).toContain('Named pipe'));
  run.child.kill('SIGKILL');
  await until(() => expect(processesMentioning(join(scratch, 'p3'))).toEqual([]));
  expect(readdirSync(scratch).filter((name) => name.startsWith('bulkhead-run-'))).toEqual([]);
});

test('an export that can not be written is told, and the exit code is not 0', async () => {
  const run = bulkhead(
    'run',
    '--headless',
    '--duration',
    '1',
    '--export',
    '/dev/null/exports',
    '--profile',
    join(scratch, 'p4'),
  );
  expect(await run.code).not.toBe(0);
  expect(run.err).toContain('/dev/null/exports');
});

test.each([
  [['--frobnicate'], '--frobnicate'],
  [['fly'], 'fly'],
  [['run', '--rate', '5000'], '--rate'],
  [['run', '--duration', 'soon'], '--duration'],
])('%j is refused with a sentence and exit code 2', async (args, named) => {
  const run = bulkhead(...args);
  expect(await run.code).toBe(2);
  expect(run.err).toContain(named);
});

test('--version tells all versions and where the runtime came from', async () => {
  const run = bulkhead('--version');
  expect(await run.code, run.err).toBe(0);
  for (const name of ['Bulkhead', 'Electron', 'Chrome', 'Node'])
    expect(run.out).toMatch(new RegExp(`${name}\\s+\\d+\\.\\d+`));
});

const FEW = ['bench', '--method', 'fifo', '-n', '40', '--warmup', '2', '--rounds', '1', '--no-floor'];

test('any of the outputs may be standard output, with nothing else on it; no file is made of it', async () => {
  const run = bulkhead(...FEW, '--trace', '-', '--json', 'beside.json');
  expect(await run.code, run.err).toBe(0);
  expect(JSON.parse(run.out).traceEvents.length).toBeGreaterThan(80);
  expect(readdirSync(scratch)).toContain('beside.json');
  expect(readdirSync(scratch)).not.toContain('-');
});

test('a temporary folder that is named from where one is does as well', async () => {
  const run = bulkheadWith({ TMPDIR: '.' }, ...FEW, '--csv', '-');
  expect(await run.code, run.err).toBe(0);
  expect(run.out.trim().split('\n')).toHaveLength(41);
});

test('an output that would take the place of the input is refused before anything is posted', async () => {
  writeFileSync(join(scratch, 'in.json'), '[]');
  symlinkSync('in.json', join(scratch, 'link.json'));
  const run = bulkhead('load', '--routes', 'http', '--file', 'in.json', '--html', 'link.json');
  expect(await run.code).toBe(1);
  expect(run.err).toContain('would take the place of');
  expect(readFileSync(join(scratch, 'in.json'), 'utf8')).toBe('[]');
});

test('a folder where a server may not listen is told with what to do', async () => {
  const run = bulkhead('serve', '--method', 'unix-stream', '--path', '/dev/null/x');
  expect(await run.code).toBe(3);
  expect(run.err).toMatch(/Nothing can listen at \/dev\/null\/x: ENOTDIR.* Check that its folder exists/);
});
