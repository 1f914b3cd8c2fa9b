import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { AppUnderTest, until } from './support/app';
import { applicationWith } from './support/stage';

/** The thread in which a plugin answers over kernel transports: what becomes of its process when the thread ends. */

const withThread = (script: string) => ({
  manifest: { transports: ['message-port', 'fifo'] },
  scripts: {
    'index.js': `
      import { isMainThread } from 'node:worker_threads';
      import '../echo/index.js';
      if (!isMainThread) setTimeout(() => { ${script} }, 2000);`,
  },
});

let app: AppUnderTest;
beforeAll(async () => {
  const root = applicationWith(inject('stage'), {
    thrower: withThread(`throw new Error('the thread is lost');`),
    leaver: withThread('process.exit(7);'),
  });
  app = await AppUnderTest.launch({ root });
});
afterAll(() => app?.close());

async function firstDeathOf(processId: string) {
  let termination;
  await until(async () => {
    const { events } = await app.recording();
    termination = events.find((event) => event.processId === processId && event.termination !== null)?.termination;
    expect(termination).toBeDefined();
  });
  return termination;
}

test('what nobody catches in it ends the process, with its words', async () => {
  expect(await firstDeathOf('plugin:thrower')).toMatchObject({
    reason: 'abnormal-exit',
    exitCode: 1,
    lastWords: expect.arrayContaining([expect.stringContaining('the thread is lost')]),
  });
});

test('its exit is that of the process', async () => {
  expect(await firstDeathOf('plugin:leaver')).toMatchObject({ exitCode: 7, signal: null });
});

test('the others are measured all the while', async () => {
  await app.untilMeasuring(9);
});
