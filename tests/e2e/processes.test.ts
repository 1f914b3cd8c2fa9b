import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppUnderTest, launchMeasuring, until } from './support/app';
import { descendantsOf, isRunning } from './support/processes';

/** The list of everything that runs, held against the system's own. */

let app: AppUnderTest;
beforeAll(async () => {
  app = await launchMeasuring();
});
afterAll(() => app?.close());

interface Row {
  pid: number;
  cells: string[];
}

/** The rows of the list, which is open: name, kind, pid, memory, CPU, threads, descriptors, switches. */
function rows(): Promise<Row[]> {
  return app.shell.locator('[data-testid="process-list"] [data-pid]').evaluateAll((all) =>
    all.map((row) => ({
      pid: Number(row.getAttribute('data-pid')),
      cells: [...row.children].map((cell) => cell.textContent ?? ''),
    })),
  );
}

async function untilItAgrees(): Promise<Row[]> {
  let listed: Row[] = [];
  await until(async () => {
    listed = await rows();
    const running = [app.pid, ...descendantsOf(app.pid).filter(isRunning)];
    expect(listed.map(({ pid }) => pid).toSorted()).toEqual(running.toSorted());
  });
  return listed;
}

const open = () => app.shell.getByTestId('show-processes').click();
const close = () => app.shell.keyboard.press('Escape');
const kinds = (listed: readonly Row[]) => listed.map(({ cells }) => cells[1]);

test('every process that the system knows is in it, and nobody else', async () => {
  await open();
  const listed = await untilItAgrees();
  expect(kinds(listed)).toEqual(
    expect.arrayContaining(['browser', 'window', 'renderer', 'plugin', 'network', 'zygote']),
  );
  expect(kinds(listed).filter((kind) => kind === 'renderer')).toHaveLength(3);
  // As many threads as the system counts, give or take those that come and go. One that has just started has more soon.
  await until(async () => {
    const plugin = (await rows()).find(({ cells }) => cells[0] === 'echo');
    const threads = Number(execFileSync('ps', ['-o', 'nlwp=', '-p', String(plugin?.pid)], { encoding: 'utf8' }));
    expect(Math.abs(Number(plugin?.cells[5]) - threads)).toBeLessThanOrEqual(3);
  });
  await close();
});

test('the figures of every process are there; what may not be read says why', async () => {
  await open();
  let listed: Row[] = [];
  await until(async () => {
    listed = await rows();
    for (const { cells } of listed)
      expect(cells.slice(3).filter((cell) => cell === '–').length, cells[0]).toBeLessThan(2);
    const reason = await app.shell.getByText('may not look at the descriptors of a sandboxed process').count();
    expect(reason > 0).toBe(listed.some(({ cells }) => cells[6] === '–'));
  });
  for (const { cells } of listed.filter((row) => ['browser', 'plugin'].includes(row.cells[1] ?? '')))
    expect(Number(cells[6]?.replaceAll(',', '')), cells[0]).toBeGreaterThan(3);
  await close();
});

test('the processes of a benchmark are in it while it runs, and gone with it', async () => {
  expect(
    await app.request('bench:start', {
      methods: ['fifo'],
      allRoutes: false,
      sizes: [64],
      placement: 'free',
      io: 'native',
      thread: 'main',
      mode: { kind: 'closed', cycles: 1_000_000 },
      rounds: 1,
      warmup: 20,
      timeoutMs: 1000,
      floor: false,
      keepLive: false,
    }),
  ).toEqual({ ok: true });
  await open();
  // Its browser process, its pinger and its answerer, at the least.
  await until(async () => expect(kinds(await rows()).filter((kind) => kind === 'benchmark').length).toBeGreaterThan(4));
  await untilItAgrees();
  expect(await app.request('bench:stop')).toEqual({ ok: true });
  await until(async () => expect(kinds(await rows())).not.toContain('benchmark'));
  await untilItAgrees();
  await close();
});
