import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { type Route, ROUTES } from '../../src/shared/bench/routes';
import { benchResultSchema } from '../../src/shared/bench/schema';
import { until } from './support/app';
import { BenchProcess } from './support/bench-process';
import { descendantsOf, processesMentioning, processorTimeOf } from './support/processes';

let bench: BenchProcess;
afterEach(() => bench.child.kill('SIGKILL'));

/** The processes of a run by kind, without Chromium's own. */
function endsOf(browserPid: number): Record<'browser' | 'plugin' | 'renderer', number[]> {
  const children = descendantsOf(browserPid).map((pid) => [pid, commandOf(pid)] as const);
  const whose = (words: string) => children.filter(([, command]) => command.includes(words)).map(([pid]) => pid);
  return {
    browser: [browserPid],
    plugin: whose('--utility-sub-type=node.mojom.NodeService'),
    renderer: whose('--type=renderer'),
  };
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/** Where the threads of a process may run, each place once. */
function placesOf(pid: number): string[] {
  const places = readdirSync(`/proc/${pid}/task`).map((thread) => {
    try {
      const status = readFileSync(`/proc/${pid}/task/${thread}/status`, 'utf8');
      return /^Cpus_allowed_list:\s*(\S+)/m.exec(status)?.[1] ?? '';
    } catch {
      return null;
    }
  });
  return [...new Set(places.filter((place) => place !== null))];
}

const some = (pids: number[]) => pids[0] as number;
/**
 * Waits until both ends measure: by a second of processor time more, of which a start takes some tenths. Resolves to their
 * pids.
 */
async function measuring(route: Route): Promise<void> {
  const { pinger, answerer } = ROUTES[route];
  const before = new Map<number, number>();
  await until(() => {
    const ends = endsOf(bench.pid);
    const pids = [...new Set([pinger, answerer])].flatMap((end) =>
      end === 'child' || end === 'kernel' ? [] : ends[end],
    );
    expect(pids).toHaveLength(2);
    for (const pid of pids) if (!before.has(pid)) before.set(pid, processorTimeOf(pid));
    for (const pid of pids) expect(processorTimeOf(pid) - (before.get(pid) ?? 0)).toBeGreaterThan(1);
  });
}

const resultOf = (text: string) => benchResultSchema.parse(JSON.parse(text));

async function nothingLeft(): Promise<void> {
  await until(() => expect(processesMentioning(bench.home)).toEqual([]));
  expect(readdirSync(join(bench.home, 't'))).toEqual([]);
}

test.each<[method: string, route: Route]>([
  ['message-port', 'plugin-plugin'],
  ['message-port', 'plugin-renderer'],
  ['message-port', 'browser-plugin'],
  ['message-port', 'browser-renderer'],
  ['ipc-invoke', 'browser-renderer'],
  ['utility-post', 'plugin-browser'],
])('%s %s: measured between such processes, every thread of both on its core', async (method, route) => {
  const where = ['--method', method, '--route', route, '--placement', 'same-core'];
  bench = new BenchProcess(...where, '-n', '2000000', '--rounds', '1', '--warmup', '20', '--json', '-');
  const { pinger, answerer } = ROUTES[route];
  const count = (kind: string) => [pinger, answerer].filter((end) => end === kind).length;
  await until(() => {
    const ends = endsOf(bench.pid);
    expect({ plugin: ends.plugin.length, renderer: ends.renderer.length }).toEqual({
      plugin: count('plugin'),
      renderer: count('renderer'),
    });
    const places = [pinger, answerer].flatMap((end) =>
      end === 'child' || end === 'kernel' ? [] : ends[end].flatMap(placesOf),
    );
    expect(new Set(places).size).toBe(1);
    expect(places[0]).toMatch(/^\d+$/);
  });
  const { renderer } = endsOf(bench.pid);
  // Its own process namespace and a seccomp filter: the sandbox is on.
  for (const pid of renderer) {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    expect(status).toMatch(/^NSpid:\s+\d+\s+\d+/m);
    expect(status).toMatch(/^Seccomp:\s+2$/m);
  }
  await measuring(route);
  bench.child.kill('SIGINT');
  expect(await bench.ended, bench.err).toBe(130);
  const { runs, environment } = resultOf(bench.out);
  expect(environment.sandboxed).toBe(true);
  expect(runs).toHaveLength(1);
  expect(runs[0]).toMatchObject({ method, route, placement: 'same-core', lost: 0, unavailable: null });
  expect(runs[0]?.detail).toMatchObject({ late: 0, duplicate: 0, reordered: 0, rejected: 0 });
  expect(runs[0]?.detail?.samples).toBeGreaterThan(0);
  await nothingLeft();
});

test('the browser process is free again after its turn on a core', async () => {
  const before = placesOf(process.pid);
  bench = new BenchProcess('--method', 'ipc-invoke,fifo', '-n', '2000000', '--rounds', '1', '--placement', 'same-core');
  await until(() => expect(endsOf(bench.pid).renderer).toHaveLength(1));
  await until(() => expect(placesOf(bench.pid)[0]).toMatch(/^\d+$/));
  process.kill(some(endsOf(bench.pid).renderer), 'SIGKILL');
  await until(() => expect(endsOf(bench.pid).plugin).toHaveLength(2));
  expect(placesOf(bench.pid)).toEqual(before);
});

test.each(['message-port', 'ipc-invoke'])(
  '%s: the death of the renderer ends its run with the reason, and leaves nothing',
  async (method) => {
    const where = ['--method', method, '--route', 'browser-renderer'];
    bench = new BenchProcess(...where, '-n', '2000000', '--rounds', '1', '--warmup', '20', '--json', '-');
    await measuring('browser-renderer');
    process.kill(some(endsOf(bench.pid).renderer), 'SIGKILL');
    const code = await bench.ended;
    const [run] = resultOf(bench.out).runs;
    const reasons = [run?.unavailable, ...(run?.detail?.notes ?? [])].join(' ');
    expect(reasons, bench.err).toMatch(/The renderer ended unexpectedly \(killed|The channel broke/);
    // What was measured until then stays, or there is nothing.
    expect(code).toBe(run?.detail === null ? 3 : 1);
    expect((run?.detail?.samples ?? 0) + (run?.lost ?? 0) + (run?.skipped ?? 0)).toBe(2_000_000);
    await nothingLeft();
  },
);

test.each<Route>(['plugin-renderer', 'plugin-plugin'])(
  '%s is direct: it goes on while the browser process stands still',
  async (route) => {
    const where = ['--method', 'message-port', '--route', route];
    bench = new BenchProcess(...where, '-n', '2000000', '--rounds', '1', '--timeout', '1500', '--json', '-');
    await measuring(route);
    process.kill(bench.pid, 'SIGSTOP');
    // Longer than the time limit: a message that has to pass through it would be lost.
    await delay(2500);
    process.kill(bench.pid, 'SIGCONT');
    bench.child.kill('SIGINT');
    expect(await bench.ended, bench.err).toBe(130);
    const [run] = resultOf(bench.out).runs;
    expect(run).toMatchObject({ route, lost: 0, detail: { late: 0 } });
    expect(run?.detail?.samples).toBeGreaterThan(0);
  },
);

test('every size on the routes of a renderer, up to the largest', async () => {
  const where = ['--method', 'message-port,ipc-invoke', '--route', 'browser-renderer', '--size', '0,65536,1MiB'];
  bench = new BenchProcess(...where, '-n', '60', '--warmup', '10', '--rounds', '2', '--no-floor', '--json', '-');
  expect(await bench.ended, bench.err).toBe(0);
  const { runs } = resultOf(bench.out);
  expect(runs.map(({ size, lost, detail }) => [size, lost, detail?.samples])).toEqual(
    [0, 65_536, 1_048_576, 0, 65_536, 1_048_576].map((size) => [size, 0, 60]),
  );
  await nothingLeft();
});

test('an open loop over invokes answers each ping once', async () => {
  bench = new BenchProcess(
    '--method',
    'ipc-invoke',
    '--rate',
    '500',
    '--duration',
    '2',
    '--rounds',
    '1',
    '--json',
    '-',
  );
  expect(await bench.ended, bench.err).toBe(0);
  expect(resultOf(bench.out).runs[0]).toMatchObject({
    mode: 'open',
    lost: 0,
    detail: { samples: 1000, duplicate: 0, reordered: 0, late: 0 },
  });
});
