import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { benchResultSchema } from '../../src/shared/bench/schema';
import { type AppUnderTest, launchMeasuring, until } from './support/app';
import { BenchProcess } from './support/bench-process';
import { descendantsOf, isRunning, pingingEnds } from './support/processes';

/** Chromium's own processes die as others do. It starts them again, and Bulkhead goes on. */
let app: AppUnderTest;
beforeAll(async () => {
  app = await launchMeasuring();
});
afterAll(() => app?.close());

/** Chromium itself gives up at the sixth. */
const DEATHS = 10;

/** The process of this browser process in whose command line the words stand, once there is one. */
async function serviceOf(browserPid: number, words: string): Promise<number> {
  let found: number | undefined;
  await until(() => {
    found = descendantsOf(browserPid).find((pid) => isRunning(pid) && commandLine(pid).includes(words));
    expect(found, words).toBeDefined();
  });
  return found as number;
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

async function killAgainAndAgain(browserPid: number, words: string): Promise<void> {
  for (let death = 0; death < DEATHS; death += 1) {
    const pid = await serviceOf(browserPid, words);
    process.kill(pid, 'SIGKILL');
    await until(() => expect(isRunning(pid)).toBe(false));
  }
}

async function answered(): Promise<number> {
  const { channels } = await app.recording();
  return channels.reduce((sum, { totals }) => sum + totals.answered, 0);
}

test.each([
  ['GPU process', '--type=gpu-process'],
  ['network service', '--utility-sub-type=network.mojom.NetworkService'],
])('the %s may die as often as it likes: measuring goes on, and the window draws', async (_name, words) => {
  await killAgainAndAgain(app.pid, words);
  expect(isRunning(app.pid)).toBe(true);
  const before = await answered();
  await until(async () => expect(await answered()).toBeGreaterThan(before + 50));
  // Something new is drawn, and what is captured isn't one colour.
  await app.request('tab:activate', 2);
  const colours = () =>
    app.electron.evaluate(async ({ BrowserWindow }) => {
      const image = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage();
      const pixels = image?.toBitmap();
      if (pixels === undefined) return 0;
      const seen = new Set<number>();
      for (let at = 0; at + 4 <= pixels.length; at += 4 * 97) seen.add(pixels.readUInt32LE(at));
      return seen.size;
    });
  // The last of them has only just started again.
  await until(async () => expect(await colours()).toBeGreaterThan(10));
  // A page still comes.
  const id = await app.openTab('bulkhead://www.beta.test/');
  await app.shell.locator('[data-testid="pane"][data-kind="page"]').waitFor();
  await app.request('tab:close', id);
  await app.untilMeasuring(9);
});

test('a benchmark survives the deaths of its GPU process and has its result', async () => {
  const bench = new BenchProcess(
    '-n',
    '5000000',
    '--method',
    'message-port',
    '--rounds',
    '1',
    '--warmup',
    '10',
    '--no-floor',
    '--json',
    '-',
  );
  await killAgainAndAgain(bench.pid, '--type=gpu-process');
  await until(() => expect(bench.err).toContain('[1/1]'));
  await pingingEnds(bench.home);
  bench.child.kill('SIGINT');
  expect(await bench.ended, bench.err).toBe(130);
  const { runs } = benchResultSchema.parse(JSON.parse(bench.out));
  expect(runs[0]?.detail?.samples).toBeGreaterThan(0);
});
