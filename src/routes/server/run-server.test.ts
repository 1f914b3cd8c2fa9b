import { expect, test } from 'vitest';
import { freePort } from './find-program';
import type { ServerProcess } from './recipe';
import { RunningServer } from './run-server';

function node(code: string, changes: Partial<ServerProcess> = {}): ServerProcess {
  return {
    name: 'made-up',
    file: process.execPath,
    args: ['-e', code],
    env: { PATH: process.env['PATH'] ?? '' },
    ready: { line: 'I am ready' },
    words: 'standard error',
    readyTimeoutMs: 60_000,
    stopTimeoutMs: 60_000,
    ...changes,
  };
}

test('a server is started once its line has come, and stopped', async () => {
  const server = new RunningServer({
    url: 'x://',
    processes: [node("console.error('hm'); console.log('now I am ready'); setInterval(() => {}, 1e6)")],
  });
  await server.start();
  const pid = server.pid('made-up') as number;
  expect(() => process.kill(pid, 0)).not.toThrow();
  await server.start();
  expect(server.pid('made-up')).toBe(pid);
  await server.stop();
  expect(server.pid('made-up')).toBeUndefined();
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});

test('a server that listens is ready, and comes back after it was killed', async () => {
  const port = await freePort();
  const code = `require('net').createServer().listen(${port}, '127.0.0.1')`;
  const server = new RunningServer({ url: 'x://', processes: [node(code, { ready: { port } })] });
  await server.start();
  const first = server.pid('made-up');
  await server.kill('made-up', 'SIGKILL');
  expect(server.pid('made-up')).toBeUndefined();
  await server.start();
  expect(server.pid('made-up')).not.toBe(first);
  await server.stop();
});

test('one that ignores being asked is ended', async () => {
  const code = "process.on('SIGTERM', () => {}); console.log('I am ready'); setInterval(() => {}, 1e6)";
  const server = new RunningServer({ url: 'x://', processes: [node(code, { stopTimeoutMs: 100 })] });
  await server.start();
  await server.stop();
  expect(server.pid('made-up')).toBeUndefined();
});

test('one that ends before it is ready is told with its last words', async () => {
  const code = "console.error('the port is taken'); process.exit(3)";
  const server = new RunningServer({ url: 'x://', processes: [node(code)] });
  await expect(server.start()).rejects.toThrow(/made-up ended before it was ready.*\n.*the port is taken/);
});

test('one that is not there is told', async () => {
  const wanted = node('', { file: '/nowhere/at-all' });
  await expect(new RunningServer({ url: 'x://', processes: [wanted] }).start()).rejects.toThrow('/nowhere/at-all');
});

test('an end that nobody asked for is told with its last words', async () => {
  const code = "console.log('I am ready'); setTimeout(() => { console.error('no room'); process.exit(1); }, 300)";
  const server = new RunningServer({ url: 'x://', processes: [node(code)] });
  const told = new Promise((resolve) => (server.onEnd = (name, words) => resolve([name, words.at(-1)])));
  await server.start();
  expect(await told).toEqual(['made-up', 'no room']);
});
