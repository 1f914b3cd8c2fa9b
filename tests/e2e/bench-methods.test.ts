import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { benchResultSchema } from '../../src/shared/bench/schema';
import { until } from './support/app';
import { CommandUnderTest } from './support/command';
import { descendantsOf, isRunning, processesMentioning } from './support/processes';

/** The methods whose far end is no utility process: a plain child, and the kernel. */

const QUICK = ['-n', '60', '--warmup', '20', '--rounds', '2', '--json', '-'];

function runsOf(out: string) {
  return benchResultSchema.parse(JSON.parse(out)).runs;
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/** The plain children of a running command. */
function plainChildren(command: CommandUnderTest): number[] {
  return processesMentioning(command.home).filter((pid) => commandLine(pid).includes('plain-answerer.js'));
}

async function onePlainChild(command: CommandUnderTest): Promise<number> {
  await until(() => expect(plainChildren(command)).toHaveLength(1));
  return plainChildren(command)[0] as number;
}

async function nothingLeft(command: CommandUnderTest): Promise<void> {
  await until(() => expect(processesMentioning(command.home)).toEqual([]));
  expect(readdirSync(join(command.home, 't'))).toEqual([]);
}

test('stdout and stdout-alloc: through a plain child, beside a floor, from the smallest to the largest message', async () => {
  const command = CommandUnderTest.start(
    'bench',
    ...QUICK,
    ...['--method', 'stdout,stdout-alloc', '--size', '0,64,1048576'],
  );
  const { code, out, err } = await command.ended;
  expect(code, err).toBe(0);
  const runs = runsOf(out);
  expect(runs).toHaveLength(6);
  for (const run of runs) {
    expect(run).toMatchObject({ route: 'plugin-child', cycles: 60, lost: 0, unavailable: null });
    expect(run.detail).toMatchObject({ samples: 60, late: 0, duplicate: 0, reordered: 0, rejected: 0 });
    expect(run.rtt_ns?.p50).toBeGreaterThan(0);
    // Where the addon was built there is a floor.
    if (run.floor_ns === null) expect(run.detail?.floor_unavailable).toEqual(expect.any(String));
    else expect(run.ratio_p50).toBeGreaterThan(0);
  }
  await nothingLeft(command);
});

test.skipIf(process.platform !== 'linux')('the child is placed as the pinger is', async () => {
  const command = CommandUnderTest.start(
    'bench',
    ...['-n', '100000', '--rounds', '1', '--method', 'stdout', '--placement', 'same-core', '--json', '-'],
  );
  const child = await onePlainChild(command);
  const allowed = () => /Cpus_allowed_list:\s*(\S+)/.exec(readFileSync(`/proc/${child}/status`, 'utf8'))?.[1];
  await until(() => expect(allowed()).toMatch(/^\d+$/));
  const placed = allowed();
  const { code, out, err } = await command.ended;
  expect(code, err).toBe(0);
  expect(runsOf(out)[0]?.detail?.cpus?.answerer).toEqual([Number(placed)]);
  expect(isRunning(child)).toBe(false);
});

test('a child that is killed in the middle is a failure in words, and the other methods go on', async () => {
  const command = CommandUnderTest.start(
    'bench',
    ...['-n', '60000', '--rounds', '2', '--warmup', '20', '--method', 'stdout,fifo', '--json', '-'],
  );
  process.kill(await onePlainChild(command), 'SIGKILL');
  const { code, out, err } = await command.ended;
  // The second round was whole, and that is not all that was asked for.
  expect(code, err).toBe(1);
  const [stdout, fifo] = runsOf(out);
  expect(stdout?.detail?.notes.join(' ')).toContain('child process that answers ended unexpectedly with SIGKILL');
  expect(stdout?.detail?.samples).toBeGreaterThanOrEqual(30_000);
  expect((stdout?.detail?.samples ?? 0) + (stdout?.lost ?? 0) + (stdout?.skipped ?? 0)).toBe(60_000);
  expect(fifo).toMatchObject({ lost: 0, detail: { samples: 60_000 } });
  await nothingLeft(command);
});

test('a child goes with the process that started it, and with the launcher', async () => {
  const command = CommandUnderTest.start('bench', '-n', '2000000', '--rounds', '2', '--method', 'stdout');
  const child = await onePlainChild(command);
  const pinger = processesMentioning(command.home).find(
    (pid) => pid !== child && descendantsOf(pid).includes(child) && commandLine(pid).includes('--type=utility'),
  );
  expect(pinger).toBeDefined();
  process.kill(pinger as number, 'SIGKILL');
  await until(() => expect(isRunning(child)).toBe(false));
  // The next round has another.
  await until(() => expect(plainChildren(command).filter((pid) => pid !== child)).toHaveLength(1));
  command.child.kill('SIGKILL');
  await nothingLeft(command);
});

const mayOpenRaw = process.platform === 'linux' && process.getuid?.() === 0;

test.skipIf(!mayOpenRaw)('icmp: one process and the kernel, beside a floor (as root)', async () => {
  const command = CommandUnderTest.start('bench', ...QUICK, '--method', 'icmp', '--size', '0,64,65483,65484');
  const { code, out, err } = await command.ended;
  expect(code, err).toBe(0);
  const runs = runsOf(out);
  for (const run of runs.slice(0, 3)) {
    expect(run).toMatchObject({ route: 'plugin-kernel', lost: 0, unavailable: null });
    expect(run.detail).toMatchObject({ samples: 60, rejected: 0, duplicate: 0 });
    expect(run.ratio_p50).toBeGreaterThan(0);
  }
  expect(runs[3]?.unavailable).toContain('65483');
  await nothingLeft(command);
});

test.skipIf(!mayOpenRaw)('icmp on two cores is refused: there is one process', async () => {
  const command = CommandUnderTest.start('bench', ...QUICK, '--method', 'icmp', '--placement', 'cross-core');
  const { code, out } = await command.ended;
  expect(code).toBe(3);
  expect(runsOf(out)[0]?.unavailable).toMatch(/one process|Two cores/);
});

test('icmp without the right to raw sockets: exit code 3, with the reason and what to do', async () => {
  const command = CommandUnderTest.startWithoutRawSockets('bench', ...QUICK, '--method', 'icmp');
  const { code, out, err } = await command.ended;
  expect(code, err).toBe(3);
  const [run] = runsOf(out);
  expect(run?.rtt_ns).toBeNull();
  expect(run?.unavailable).toMatch(/CAP_NET_RAW.*root|native addon|addon/);
});
