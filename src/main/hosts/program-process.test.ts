import { tmpdir } from 'node:os';
import { beforeEach, expect, test, vi } from 'vitest';
import { EventLog } from '../event-log';
import { ProcessRegistry } from '../processes/process-registry';
import { processStartTime } from '../process-table';
import { ProcessGroup } from './process-group';
import { programLaunch } from './program-process';

/** A group whose command, environment and folder are decided at run time, with real processes. */

let registry: ProcessRegistry;
let events: EventLog;
beforeEach(() => {
  registry = new ProcessRegistry({
    startTime: processStartTime,
    signal: (pid, signal) => process.kill(pid, signal),
    discover: () => [],
  });
  events = new EventLog();
});

function groupOf(script: string, readyText: string | null = null) {
  const program = { command: process.execPath, args: ['-e', script], cwd: tmpdir(), env: process.env, readyText };
  const launch = programLaunch(program, registry, () => undefined);
  const group = new ProcessGroup(
    { id: 'route:r', name: 'r', members: [{ role: 'server', kind: 'server', title: '', launch }] },
    events,
    registry,
  );
  const host = group.hosts[0];
  if (host === undefined) throw new Error('There is no host.');
  return { group, host };
}
const STAY = `setInterval(() => {}, 1000); console.log('listening');`;

test('started on demand: running, in the registry, and ended by SIGTERM', async () => {
  const { group, host } = groupOf(STAY, 'listening');
  expect(await group.start()).toEqual({ ok: true });
  expect(registry.all()).toMatchObject([{ pid: host.pid, kind: 'server', processId: 'route:r/server', isChild: true }]);
  const pid = host.pid as number;
  await group.stop();
  expect(processStartTime(pid)).toBeNull();
  expect(registry.all()).toEqual([]);
});

test('one that will not end by SIGTERM is killed', async () => {
  const { group, host } = groupOf(`process.on('SIGTERM', () => {}); ${STAY}`, 'listening');
  await group.start();
  const pid = host.pid as number;
  await group.stop();
  expect(processStartTime(pid)).toBeNull();
});

test('a crash, a kill and an exit are told apart, with the last words, and it is started again', async () => {
  const { group, host } = groupOf(`console.error('here I am'); ${STAY}`, 'listening');
  await group.start();
  const first = host.pid;
  expect(host.crash()).toEqual({ ok: true });
  await vi.waitFor(() =>
    expect(host.lastTermination).toMatchObject({
      reason: 'crashed',
      signal: 'SIGABRT',
      requested: true,
      lastWords: ['here I am'],
    }),
  );
  await vi.waitFor(() => expect(host.state.kind).toBe('running'), { timeout: 20_000 });
  expect(host.pid).not.toBe(first);
  expect(host.kill()).toEqual({ ok: true });
  await vi.waitFor(() => expect(host.lastTermination).toMatchObject({ reason: 'killed', signal: 'SIGKILL' }));
  await group.stop();
});

test('one that can not be started at all is given up, and the start says so', async () => {
  const { group, host } = groupOf('process.exit(3)', 'listening');
  expect(await group.start()).toMatchObject({ ok: false });
  expect(host.state).toMatchObject({ kind: 'given-up', termination: { reason: 'abnormal-exit', exitCode: 3 } });
  await group.stop();
});
