import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { CRASHES_TO_GIVE_UP } from '../../src/shared/restart-policy';
import { AppUnderTest, until } from './support/app';
import { applicationWith } from './support/stage';

/** What a process says just before its end, while the browser process has no time to listen. */

const LEAVER = 'plugin:leaver';
const LINES = 400;
const SCRIPT = `
import { isMainThread } from 'node:worker_threads';
import '../echo/index.js';
if (isMainThread) process.on('SIGUSR2', () => {
  for (let i = 1; i <= ${LINES}; i += 1) console.error('word ' + i + ' ' + '.'.repeat(100));
  process.exit(0);
});`;

let app: AppUnderTest;
beforeAll(async () => {
  const root = applicationWith(inject('stage'), {
    leaver: { manifest: { transports: ['message-port', 'fifo'] }, scripts: { 'index.js': SCRIPT } },
  });
  app = await AppUnderTest.launch({ root });
});
afterAll(() => app?.close());

test('is heard to its end: its words, and that it ends by itself', async () => {
  let pid: number | null = null;
  for (let round = 0; round < CRASHES_TO_GIVE_UP; round += 1) {
    const before = pid;
    await until(async () => {
      pid = await app.processPid(LEAVER);
      expect(pid).not.toBeOneOf([before, null]);
    });
    await app.untilState(LEAVER, 'running');
    await app.electron.evaluate(
      (_, [leaver, busyMs]) => {
        process.kill(leaver, 'SIGUSR2');
        const end = Date.now() + busyMs;
        while (Date.now() < end);
      },
      [pid as unknown as number, 300] as const,
    );
    let termination: object | null | undefined;
    await until(async () => {
      const { events } = await app.recording();
      termination = events.find((event) => event.termination?.pid === pid)?.termination;
      expect(termination).toBeDefined();
    });
    expect(termination).toMatchObject({ reason: 'clean-exit', exitCode: 0 });
    // What Node.js says of a thread that it has to end may come behind it.
    expect(termination).toHaveProperty(
      'lastWords',
      expect.arrayContaining([expect.stringContaining(`word ${LINES} `)]),
    );
  }
});
