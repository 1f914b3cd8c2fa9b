import { afterAll, beforeAll, expect, test } from 'vitest';
import { TRANSPORTS } from '../../src/shared/transport-catalog';
import { type AppUnderTest, launchMeasuring, until } from './support/app';

let app: AppUnderTest;
beforeAll(async () => {
  app = await launchMeasuring();
});
afterAll(() => app?.close());

test.each(['site:bulkhead://gamma.test', 'plugin:digest'])(
  '%s hung: unresponsive, Wait keeps it, it answers again, the others lose nothing',
  async (processId) => {
    const pid = await app.processPid(processId);
    await app.press(processId, 'hang');
    await app.untilState(processId, 'unresponsive');
    const before = await app.recording();
    expect(before.events.findLast((event) => event.kind === 'hang')?.processId).toBe(processId);
    await app.press(processId, 'wait');
    await app.untilState(processId, 'running');
    expect(await app.processPid(processId)).toBe(pid);
    const after = await app.recording();
    expect(after.events.findLast((event) => event.kind === 'responsive')?.processId).toBe(processId);
    const incident = after.incidents.findLast((each) => each.processId === processId);
    expect(incident).toMatchObject({ how: 'stopped answering', survivorsLost: 0, startKnownFrom: 'request' });
    // It began when the button was pressed, long before anybody could notice.
    const pressed = after.events.findLast((event) => event.kind === 'hang');
    expect(incident?.atNs).toBeLessThanOrEqual(pressed?.tNs as number);
    expect(incident?.noticedNs).toBeGreaterThan(pressed?.tNs as number);
    // Its own pings of that time are lost, and counted; not those that a thread beside the hung one answers.
    for (const { transport, process, totals, samples } of after.channels.filter(
      (channel) => channel.process.id === processId,
    )) {
      if (process.kind === 'plugin' && TRANSPORTS[transport].mainThreadOnly !== true) {
        const hungNs = pressed?.tNs ?? Number.NaN;
        const inTheHang = samples.sentNs.filter(
          (sentNs, i) => (sentNs ?? 0) > hungNs + 1e9 && (sentNs ?? 0) < hungNs + 10e9 && samples.rttNs[i] !== null,
        );
        expect(inTheHang.length, transport).toBeGreaterThan(100);
      } else expect(totals.lost, transport).toBeGreaterThan(0);
    }
  },
);

test('a process that was stopped from outside hung when it stopped answering, not when that was noticed', async () => {
  const processId = 'plugin:digest';
  const pid = (await app.processPid(processId)) as number;
  process.kill(pid, 'SIGSTOP');
  await app.untilState(processId, 'unresponsive');
  process.kill(pid, 'SIGCONT');
  await app.untilState(processId, 'running');
  const { incidents, channels } = await app.recording();
  const { atNs, noticedNs = 0, startKnownFrom, survivorsLost } = incidents.at(-1) as (typeof incidents)[number];
  expect([startKnownFrom, survivorsLost]).toEqual(['heartbeat', 0]);
  for (const { id, samples } of channels.filter((channel) => channel.process.id === processId)) {
    // None of its pings from then on was answered before it was noticed, and the one before was.
    const answeredNs = samples.sentNs.map((sentNs, i) => (sentNs ?? Number.NaN) + (samples.rttNs[i] ?? Number.NaN));
    expect(
      answeredNs.filter((at, i) => (samples.sentNs[i] ?? 0) > atNs && at < noticedNs),
      id,
    ).toEqual([]);
    expect(
      answeredNs.some((at) => at < atNs && at > atNs - 1e9),
      id,
    ).toBe(true);
  }
});

test('End process ends a hung renderer: its tab is sad, and Reload brings it back', async () => {
  const processId = 'site:bulkhead://beta.test';
  await app.shell.getByRole('tab', { name: /^beta\.test/ }).click();
  await app.press(processId, 'hang');
  await app.shell.getByTestId('bar-end').click();
  await app.shell.getByTestId('sad-tab').waitFor();
  expect((await app.recording()).events.findLast((event) => event.termination !== null)?.termination).toMatchObject({
    reason: 'killed',
    signal: 'SIGKILL',
    requested: true,
  });
  await app.shell.getByTestId('sad-reload').click();
  await app.untilState(processId, 'running');
});

test('End process ends a hung plugin, which is then started again', async () => {
  const pid = await app.processPid('plugin:echo');
  await app.press('plugin:echo', 'hang');
  await app.untilState('plugin:echo', 'unresponsive');
  await app.press('plugin:echo', 'end');
  await until(async () => {
    expect(await app.processPid('plugin:echo')).not.toBe(pid);
    expect(await app.state('plugin:echo')).toBe('running');
  });
});

test('a plugin that keeps crashing is given up after three crashes, and Restart brings it back', async () => {
  const processId = 'plugin:digest';
  for (let crash = 1; crash <= 3; crash += 1) {
    await app.untilState(processId, 'running');
    const pid = await app.processPid(processId);
    process.kill(pid as number, 'SIGSEGV');
    await until(async () => expect(await app.processPid(processId)).not.toBe(pid));
  }
  await app.untilState(processId, 'given-up');
  const { events, channels } = await app.recording();
  expect(events.findLast((event) => event.kind === 'given-up')?.processId).toBe(processId);
  expect(channels.filter((channel) => channel.process.id === processId)).toHaveLength(3);
  await app.press(processId, 'restart');
  await app.untilState(processId, 'running');
  await app.untilMeasuring(9);
});

test('a renderer that dies again within ten seconds is told so', async () => {
  const processId = 'site:bulkhead://alpha.test';
  await app.shell.getByRole('tab', { name: /^alpha\.test/ }).click();
  await app.press(processId, 'crash');
  await app.shell.getByTestId('sad-reload').click();
  await app.untilState(processId, 'running');
  await app.press(processId, 'crash');
  await until(async () => expect(await app.shell.getByTestId('sad-tab').textContent()).toContain('again'));
});
