import { beforeAll, expect, inject, test } from 'vitest';
import { AppUnderTest, until } from './support/app';
import { descendantsOf, isRunning, processesMentioning } from './support/processes';
import { applicationWith } from './support/stage';

/** A plugin with three processes: an executable, a script without channels, and the one that answers the pings. */
const MANIFEST = {
  transports: ['message-port'],
  processes: [
    {
      role: 'store',
      description: 'An executable',
      command: 'sh',
      args: ['-c', 'echo "the store is open" >&2; while read -r line; do :; done'],
      ready: 'the store is open',
    },
    { role: 'helper', description: 'A script', entry: 'helper' },
  ],
};
const STORE = 'plugin:trio/store';
const HELPER = 'plugin:trio/helper';
const MAIN = 'plugin:trio';

let app: AppUnderTest;
let root: string;
beforeAll(async () => {
  const script = `import '../echo/index.js';`;
  root = applicationWith(inject('stage'), {
    trio: { manifest: MANIFEST, scripts: { 'index.js': script, 'helper.js': script } },
  });
  app = await AppUnderTest.launch({ root });
  await app.untilMeasuring(10);
});

async function pidOf(id: string): Promise<number> {
  const pid = await app.processPid(id);
  if (pid === null) throw new Error(`${id} has no pid.`);
  return pid;
}

test('each process has a pid, a state and a place in its plugin’s compartment, and they were launched in order', async () => {
  for (const id of [STORE, HELPER, MAIN]) await app.untilState(id, 'running');
  const pids = await Promise.all([STORE, HELPER, MAIN].map(pidOf));
  expect(new Set(pids).size).toBe(3);
  const children = descendantsOf(app.pid);
  for (const pid of pids) expect(children).toContain(pid);
  expect(await app.shell.getByTestId('group-plugin:trio').locator('[data-pid]').count()).toBe(3);
  const { events } = await app.recording();
  const launched = events.filter(({ kind, processId }) => kind === 'launched' && processId?.startsWith(MAIN));
  expect(launched.map(({ processId }) => processId)).toEqual([STORE, HELPER, MAIN]);
});

test('a kill takes one of them, and it is started again; the others keep their pids', async () => {
  const [store, helper, main] = await Promise.all([STORE, HELPER, MAIN].map(pidOf));
  await app.press(STORE, 'kill');
  await app.untilAnother(STORE, store as number);
  await app.press(HELPER, 'kill');
  await app.untilAnother(HELPER, helper as number);
  expect(await pidOf(MAIN)).toBe(main);
  const { incidents } = await app.recording();
  expect(incidents.map(({ processName }) => processName)).toEqual(['trio store', 'trio helper']);
});

test('a crash of the executable is told with its last words', async () => {
  const pid = await pidOf(STORE);
  await app.press(STORE, 'crash');
  await app.untilAnother(STORE, pid);
  const { events } = await app.recording();
  const crash = events.find(({ kind, processId }) => kind === 'crash' && processId === STORE);
  expect(crash?.termination).toMatchObject({
    reason: 'crashed',
    signal: 'SIGABRT',
    pid,
    requested: true,
    lastWords: ['the store is open'],
  });
});

test('the script without channels is found not to answer, and ended', async () => {
  const pid = await pidOf(HELPER);
  await app.press(HELPER, 'hang');
  await app.untilState(HELPER, 'unresponsive');
  expect(await app.state(MAIN)).toBe('running');
  await app.press(HELPER, 'end');
  await app.untilAnother(HELPER, pid);
});

test('an end in good order leaves none of them', async () => {
  const pids = await Promise.all([STORE, HELPER, MAIN].map(pidOf));
  await app.close();
  await until(() => expect(pids.filter(isRunning)).toEqual([]));
  await until(() => expect(processesMentioning(app.home)).toEqual([]));
});

test('none of them outlives a browser process that is killed', async () => {
  app = await AppUnderTest.launch({ root });
  await app.untilMeasuring(10);
  const pids = await Promise.all([STORE, HELPER, MAIN].map(pidOf));
  process.kill(app.pid, 'SIGKILL');
  await until(() => expect([app.pid, ...pids].filter(isRunning)).toEqual([]));
  await until(() => expect(processesMentioning(app.home)).toEqual([]));
});
