import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { AppUnderTest, until } from './support/app';

/** The thread in which a plugin answers over kernel transports: what becomes of its process when the thread ends. */

const SCRIPTS = {
  thrower: `throw new Error('the thread is lost');`,
  leaver: 'process.exit(7);',
};
const names = Object.keys(SCRIPTS) as Array<keyof typeof SCRIPTS>;
const folderOf = (name: string) => join(inject('stage').root, 'out/main/plugins', name);

let app: AppUnderTest;
beforeAll(async () => {
  for (const name of names) {
    mkdirSync(folderOf(name));
    const manifest = { name, description: 'For a test', transports: ['message-port', 'fifo'] };
    writeFileSync(join(folderOf(name), 'manifest.json'), JSON.stringify(manifest));
    writeFileSync(
      join(folderOf(name), 'index.js'),
      `import { isMainThread } from 'node:worker_threads';
       import '../echo/index.js';
       if (!isMainThread) setTimeout(() => { ${SCRIPTS[name]} }, 2000);`,
    );
  }
  app = await AppUnderTest.launch();
});
afterAll(async () => {
  await app?.close();
  for (const name of names) rmSync(folderOf(name), { recursive: true, force: true });
});

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
