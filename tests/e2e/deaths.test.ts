import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppUnderTest, launchMeasuring, until } from './support/app';

let app: AppUnderTest;
beforeAll(async () => {
  app = await launchMeasuring();
});
afterAll(() => app?.close());

const ALPHA = 'site:bulkhead://alpha.test';
const GAMMA = 'site:bulkhead://gamma.test';
const DIGEST = 'plugin:digest';
const ECHO = 'plugin:echo';

/** What a death has to look like, and how it is brought about. */
interface Death {
  name: string;
  processId: string;
  bring: () => Promise<unknown>;
  reason: string;
  signal: string | null;
  exitCode?: number;
  event: 'crash' | 'kill';
}

async function killFromOutside(processId: string, signal: NodeJS.Signals): Promise<void> {
  process.kill((await app.processPid(processId)) as number, signal);
}

// A sandboxed renderer is the first process of a PID namespace: the kernel keeps signals without a handler from it, so
// that a SIGSEGV from outside does nothing there.
const DEATHS: Death[] = [
  {
    name: 'a renderer crashed from the map',
    processId: ALPHA,
    bring: () => app.press(ALPHA, 'crash'),
    reason: 'crashed',
    signal: 'SIGSEGV',
    event: 'crash',
  },
  {
    name: 'a renderer killed from the map',
    processId: ALPHA,
    bring: () => app.press(ALPHA, 'kill'),
    reason: 'killed',
    signal: 'SIGKILL',
    event: 'kill',
  },
  {
    name: 'a renderer killed with kill -9',
    processId: ALPHA,
    bring: () => killFromOutside(ALPHA, 'SIGKILL'),
    reason: 'killed',
    signal: 'SIGKILL',
    event: 'kill',
  },
  {
    name: 'a renderer that gets a SIGTERM from outside',
    processId: ALPHA,
    bring: () => killFromOutside(ALPHA, 'SIGTERM'),
    reason: 'killed',
    exitCode: 241,
    signal: null,
    event: 'kill',
  },
  {
    name: 'a plugin crashed from the map',
    processId: ECHO,
    bring: () => app.press(ECHO, 'crash'),
    reason: 'crashed',
    signal: 'SIGABRT',
    event: 'crash',
  },
  {
    name: 'a plugin killed from the map',
    processId: ECHO,
    bring: () => app.press(ECHO, 'kill'),
    reason: 'killed',
    signal: 'SIGKILL',
    event: 'kill',
  },
  {
    name: 'a plugin that gets a SIGSEGV from outside',
    processId: ECHO,
    bring: () => killFromOutside(ECHO, 'SIGSEGV'),
    reason: 'crashed',
    signal: 'SIGSEGV',
    event: 'crash',
  },
  {
    name: 'a plugin killed with kill',
    processId: ECHO,
    bring: () => killFromOutside(ECHO, 'SIGTERM'),
    reason: 'killed',
    signal: 'SIGTERM',
    event: 'kill',
  },
];

test.each(DEATHS)(
  '$name: right reason, a marker, a verdict, and nothing lost by the others',
  async ({ processId, bring, reason, signal, exitCode = null, event }) => {
    const pid = await app.processPid(processId);
    const before = await app.recording();
    await bring();

    // The state, the reason and the marker.
    let after = before;
    await until(async () => {
      after = await app.recording();
      expect(after.incidents.length).toBe(before.incidents.length + 1);
    });
    const death = after.events.findLast((each) => each.termination !== null && each.processId === processId);
    expect(death).toMatchObject({ kind: event, termination: { reason, signal, exitCode, pid } });

    // Recovery: a plugin starts again by itself, a renderer shows its sad tab until the person reloads it.
    if (processId === ALPHA) {
      const sad = app.shell.getByTestId('sad-tab');
      await app.shell.getByRole('tab', { name: /^alpha\.test/ }).click();
      await sad.waitFor();
      expect(await sad.textContent()).toContain(signal ?? String(exitCode));
      expect(await app.state(processId)).toBe('exited');
      await app.shell.getByTestId('sad-reload').click();
    }
    const next = await app.untilAnother(processId, pid);
    await app.untilMeasuring(9);

    // The verdict, computed from the samples: the others lost nothing.
    let recording = after;
    await until(async () => {
      recording = await app.recording();
      expect(recording.incidents.at(-1)?.status).toBe('final');
    });
    await until(async () => expect(await app.shell.getByTestId('verdict').getAttribute('data-status')).toBe('final'));
    const incident = recording.incidents.at(-1);
    expect(incident).toMatchObject({ processId, status: 'final', survivorsLost: 0 });
    expect(incident?.survivors).toHaveLength(processId === ALPHA ? 8 : 6);
    for (const survivor of incident?.survivors ?? []) {
      expect(survivor.answeredAfter, survivor.channelId).toBeGreaterThan(0);
      expect(survivor.p50AfterNs, survivor.channelId).toBeGreaterThan(0);
    }
    expect(incident?.measuredAgainAfterNs).toBeGreaterThan(0);

    // The same from the samples themselves, without the application's own sum.
    for (const channel of recording.channels.filter((each) => each.process.id !== processId)) {
      const lost = channel.samples.outcome.filter(
        (outcome, i) => (channel.samples.intendedNs[i] as number) >= (death?.tNs as number) && outcome !== 'answered',
      );
      expect(lost, channel.id).toEqual([]);
    }
    // Crashes are forgotten, so that the next case meets a plugin with a clean record.
    if (processId === ECHO) {
      await app.press(ECHO, 'restart');
      await app.untilAnother(ECHO, next);
      await app.untilMeasuring(9);
    }
  },
);

test('what a plugin loses while it is stopped and dies is not what a death just after its restart cost it', async () => {
  const before = (await app.recording()).incidents.length;
  const gamma = (await app.processPid(GAMMA)) as number;
  const stopped = (await app.processPid(DIGEST)) as number;
  process.kill(stopped, 'SIGSTOP');
  // Long enough to lose pings, and far too short to be noticed, also on a busy machine: that takes 700 ms.
  await new Promise((resolve) => setTimeout(resolve, 200));
  process.kill(stopped, 'SIGKILL');
  await app.untilAnother(DIGEST, stopped);
  await app.untilMeasuring(9);
  process.kill(gamma, 'SIGKILL');

  let after = await app.recording();
  await until(async () => {
    after = await app.recording();
    const [digests, gammas, ...more] = after.incidents.slice(before);
    expect([digests?.processId, gammas?.processId, more.length]).toEqual([DIGEST, GAMMA, 0]);
    expect([digests?.status, gammas?.status]).toEqual(['final', 'final']);
  });
  const [digests, gammas] = after.incidents.slice(before);
  const fromNs = (digests?.atNs ?? 0) - 1e9;
  // It was among the others when gamma died, and it had lost pings just before, or this test would show nothing.
  expect(gammas?.survivors.filter(({ channelId }) => channelId.startsWith(DIGEST))).toHaveLength(3);
  for (const { id, samples } of after.channels.filter((channel) => channel.process.id === DIGEST)) {
    const lost = samples.outcome.filter(
      (outcome, i) => outcome !== 'answered' && (samples.intendedNs[i] as number) > fromNs,
    );
    expect(lost.length, id).toBeGreaterThan(0);
  }
  expect(gammas?.survivors.filter(({ lost }) => lost > 0)).toEqual([]);
  expect([digests?.survivorsLost, gammas?.survivorsLost]).toEqual([0, 0]);
});
