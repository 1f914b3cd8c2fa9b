import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { BenchProgress } from '../../shared/bench/progress';
import { EMPTY_RESULT as RESULT } from './fixtures';
import { ProcessRegistry } from '../processes/process-registry';
import { processStartTime } from '../process-table';
import { BenchProcess, type BenchLimits } from './bench-process';
import { worded } from '../../../tests/support/worded';

/** Real processes, in place of the benchmark's application. */

const PROGRESS: BenchProgress = {
  number: 1,
  steps: 4,
  round: 1,
  rounds: 2,
  method: 'fifo',
  route: 'plugin-plugin',
  size: 64,
  settled: 3,
  cycles: 50,
  leftMs: null,
};

const processes = new ProcessRegistry({
  startTime: processStartTime,
  signal: (pid, signal) => process.kill(pid, signal),
  discover: () => [],
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bench-process-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const PRELUDE = `
  const fs = require('node:fs');
  const result = ${JSON.stringify(RESULT)};
  const tell = (line) => fs.writeSync(4, line + '\\n');
  const write = (changes = {}) => fs.writeFileSync(process.env.RESULT, JSON.stringify({ ...result, ...changes }));
  const lifeline = new (require('node:net').Socket)({ fd: 3 }).resume().unref();
  const stay = () => setInterval(() => {}, 1000);
`;

function start(script: string, limits?: Partial<BenchLimits>): BenchProcess {
  const resultFile = join(folder, 'result.json');
  return new BenchProcess(
    {
      executable: process.execPath,
      args: ['-e', PRELUDE + script],
      env: { ...process.env, RESULT: resultFile },
      resultFile,
    },
    processes,
    limits,
  );
}

/** What a script says on its progress pipe arrives before the test goes on. */
async function alive(running: BenchProcess): Promise<void> {
  await new Promise<void>((resolve) => running.onProgress(() => resolve()));
}
const SAY = `tell('${JSON.stringify(PROGRESS)}');`;

test('a result: read and checked', async () => {
  expect(worded(await start(`write();`).ended)).toEqual({ kind: 'measured', result: RESULT });
});

test('progress: told line by line, and lines that are none are ignored', async () => {
  const running = start(`tell('null'); tell('no JSON'); tell('{"number":"x"}'); ${SAY} write();`);
  const told: BenchProgress[] = [];
  running.onProgress((progress) => told.push(progress));
  await running.ended;
  expect(told).toEqual([PROGRESS]);
});

test('Stop: the result of what was measured so far', async () => {
  const running = start(`lifeline.on('close', () => { write(); process.exit(130); }); ${SAY} stay();`);
  await alive(running);
  running.stop();
  expect(worded(await running.ended)).toMatchObject({ kind: 'measured' });
});

test('Stop of one that does not listen: killed, and said', async () => {
  const running = start(`lifeline.on('close', () => {}); ${SAY} stay();`, { stopMs: 50 });
  await alive(running);
  running.stop();
  expect(worded(await running.ended)).toEqual({
    kind: 'failed',
    reason: expect.stringContaining('did not end within 0.05 s of Stop'),
  });
});

test('Stop twice: ended at once', async () => {
  const running = start(`lifeline.on('close', () => {}); ${SAY} stay();`);
  await alive(running);
  running.stop();
  running.stop();
  expect(worded(await running.ended)).toMatchObject({
    kind: 'failed',
    reason: expect.stringContaining('a second time'),
  });
});

test('one that hangs is ended and called so', async () => {
  const running = start(`${SAY} while (true);`, { silenceMs: 1000 });
  expect(worded(await running.ended)).toEqual({
    kind: 'failed',
    reason: expect.stringContaining('said nothing for 1 s'),
  });
});

test('killed from outside: the signal and what to do', async () => {
  const running = start(`process.kill(process.pid, 'SIGKILL');`);
  expect(worded(await running.ended)).toEqual({
    kind: 'failed',
    reason: expect.stringMatching(/killed from outside \(SIGKILL\).*Run it again\.$/),
  });
});

test('a bug: the last line of its standard error, without what Chromium says', async () => {
  const running = start(
    `console.error('It broke.'); console.error('[12:0102/030405.678:ERROR:bus.cc(399)] No bus'); process.exit(70);`,
  );
  expect(worded(await running.ended)).toEqual({
    kind: 'failed',
    reason: expect.stringMatching(/ended with code 70 and without a result\. It said: It broke\./),
  });
});

test('something else in place of the result is no result', async () => {
  expect(worded(await start(`write({ version: 7 });`).ended)).toMatchObject({ kind: 'failed' });
});

test('a runtime that is not there', async () => {
  const running = new BenchProcess(
    { executable: join(folder, 'nowhere'), args: [], env: {}, resultFile: join(folder, 'result.json') },
    processes,
  );
  expect(worded(await running.ended)).toEqual({
    kind: 'failed',
    reason: expect.stringContaining('could not be started'),
  });
});

test('what it leaves behind is ended with it', async () => {
  const running = start(
    `const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
     child.unref(); fs.writeFileSync(process.env.RESULT + '.pid', String(child.pid)); process.exit(70);`,
    { stragglersMs: 100 },
  );
  await running.ended;
  const pid = Number(readFileSync(join(folder, 'result.json.pid'), 'utf8'));
  await vi.waitFor(() => expect(isRunning(pid)).toBe(false), { timeout: 20_000 });
});

/** A zombie doesn't run: it only waits to be counted. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  if (process.platform !== 'linux') return true;
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2)[0] !== 'Z';
}
