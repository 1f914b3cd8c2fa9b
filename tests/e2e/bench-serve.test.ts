import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { existsSync, lstatSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, inject, onTestFinished, test } from 'vitest';
import { PLAIN_KEY } from '../../src/bench/plain/options';
import { benchResultSchema } from '../../src/shared/bench/schema';
import { encodeFrame, FRAME_HEADER_BYTES } from '../../src/shared/frame';
import { until } from './support/app';
import { CommandUnderTest } from './support/command';
import { processesMentioning } from './support/processes';
import { makeHome } from './support/stage';

/** A server, in the first terminal. */
async function serving(...args: string[]): Promise<CommandUnderTest> {
  const server = CommandUnderTest.start('serve', ...args);
  await until(() => expect(server.out, server.err).toContain('Stop it with'));
  return server;
}

const places = [
  ['unix-dgram', ['--path', 's'], ['s']],
  ['unix-stream', ['--path', 's'], ['s']],
  ['fifo', ['--path', 's'], ['s', 's.reply']],
] as const;

test.each(places)(
  '%s: serve and ping in two terminals, and a second serve is refused',
  async (method, place, paths) => {
    const server = await serving('--method', method, ...place);
    expect(server.out).toContain(join(server.home, 's'));
    expect(server.out).toMatch(/Stop it with Ctrl\+C, or: kill \d+/);

    const ping = await server.beside('ping', '--method', method, ...place, '-n', '200', '--out', 'results.json').ended;
    expect(ping.code, ping.err).toBe(0);
    expect(ping.out).toMatch(/200 cycles completed in/);
    expect(ping.out).toMatch(/Within 1\.00 ms: \d+ of 200/);
    const { runs } = benchResultSchema.parse(JSON.parse(readFileSync(join(server.home, 'results.json'), 'utf8')));
    expect(runs[0]).toMatchObject({ method, route: 'process-process', size: 64, cycles: 200, lost: 0 });
    expect(runs[0]?.detail?.samples_ns).toHaveLength(200);

    const second = await server.beside('serve', '--method', method, ...place).ended;
    expect(second.code).toBe(1);
    expect(second.err).toContain('serves');
    // The first goes on: its place was not taken.
    expect((await server.beside('ping', '--method', method, ...place, '-n', '20').ended).code).toBe(0);

    server.child.kill('SIGINT');
    expect((await server.ended).code).toBe(0);
    expect(server.out).toContain('messages answered');
    for (const path of paths) expect(existsSync(join(server.home, path)), path).toBe(false);
    await until(() => expect(processesMentioning(server.home)).toEqual([]));
  },
);

test.skipIf(process.platform !== 'linux')(
  'fifo: one client at a time, for a byte that one reads no other gets',
  async () => {
    const server = await serving('--method', 'fifo', '--path', 's');
    const first = server.beside('ping', '--method', 'fifo', '--path', 's', '-n', '5000000');
    onTestFinished(() => {
      for (const { child } of [first, server]) child.kill('SIGKILL');
    });
    const { dev, ino } = statSync(join(server.home, 's'));
    await until(() => expect(readFileSync('/proc/net/unix', 'utf8')).toContain(`@bulkhead-fifo-${dev}:${ino}`));
    const second = await server.beside('ping', '--method', 'fifo', '--path', 's', '-n', '20').ended;
    expect(second.code).toBe(3);
    expect(second.err).toContain('another client');
    expect(second.err).not.toContain('Start a server');
    // Killed, it can't tidy up: the place is free all the same.
    const ping = processesMentioning(server.home).find((pid) =>
      readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('ping.js'),
    );
    process.kill(ping as number, 'SIGKILL');
    await first.ended;
    const third = await server.beside('ping', '--method', 'fifo', '--path', 's', '-n', '20').ended;
    expect(third.code, third.err).toBe(0);
    server.child.kill('SIGINT');
    await server.ended;
  },
);

test.each(places)('%s: what a killed server left behind is taken over', async (method, place, [path]) => {
  const server = await serving('--method', method, ...place);
  const pid = Number(/kill (\d+)/.exec(server.out)?.[1]);
  process.kill(pid, 'SIGKILL');
  await server.ended;
  expect(existsSync(join(server.home, path))).toBe(true);
  const heir = server.beside('serve', '--method', method, ...place);
  await until(() => expect(heir.out, heir.err).toContain('Stop it with'));
  expect((await server.beside('ping', '--method', method, ...place, '-n', '20').ended).code).toBe(0);
  heir.child.kill('SIGTERM');
  expect((await heir.ended).code).toBe(0);
  expect(existsSync(join(server.home, path))).toBe(false);
});

test.each(places)('%s: a file that is something else is left alone', async (method, place, [path]) => {
  const other = CommandUnderTest.start('--help');
  await other.ended;
  writeFileSync(join(other.home, path), 'mine');
  const server = await other.beside('serve', '--method', method, ...place).ended;
  expect(server.code).toBe(1);
  expect(server.err).toContain('something else');
  expect(readFileSync(join(other.home, path), 'utf8')).toBe('mine');
});

test('tcp: any free port, which it says', async () => {
  const server = await serving('--method', 'tcp', '--port', '0');
  const port = /TCP port (\d+)/.exec(server.out)?.[1] ?? '';
  const ping = await server.beside('ping', '--method', 'tcp', '--port', port, '-n', '50').ended;
  expect(ping.code, ping.err).toBe(0);
  expect((await server.beside('serve', '--method', 'tcp', '--port', port).ended).code).toBe(1);
  server.child.kill('SIGINT');
  expect((await server.ended).code).toBe(0);
});

test.each([
  ['unix-dgram', '--path', 'nowhere'],
  ['fifo', '--path', 'nowhere'],
  ['udp', '--port', '1'],
])('ping over %s where nobody serves says so, and exits with 3', async (method, ...place) => {
  const { code, err } = await CommandUnderTest.start(
    'ping',
    '--method',
    method,
    ...place,
    '-n',
    '5',
    '--timeout',
    '200',
  ).ended;
  expect(code).toBe(3);
  expect(err).toMatch(/Nobody could be reached|was not answered/);
});

test('ping asks a server of an earlier version for nothing that it does not know', async () => {
  // Frames of version 2 before any could ask for stamps: plain pings, and whatever else there is ends the connection.
  const types = new Set<number | undefined>();
  const server = createServer((socket) => {
    let held = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      held = Buffer.concat([held, chunk]);
      for (;;) {
        const length = held.length < FRAME_HEADER_BYTES ? Infinity : FRAME_HEADER_BYTES + held.readUInt32LE(20);
        if (held.length < length) return;
        types.add(held[5]);
        if (held[5] !== 1) return void socket.destroy();
        const pong = new Uint8Array(length);
        encodeFrame(pong, 'pong', held.readUInt32LE(8), PLAIN_KEY, held.subarray(FRAME_HEADER_BYTES, length));
        socket.write(pong);
        held = held.subarray(length);
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const ping = await CommandUnderTest.start('ping', '--method', 'tcp', '--port', String(port), '-n', '50').ended;
  expect(ping.code, ping.err).toBe(0);
  expect(ping.out).toMatch(/50 cycles completed in/);
  expect([...types]).toEqual([1]);
});

test('ping --out: a named pipe without a reader is refused with exit code 1; standard output may be a file', async () => {
  const server = await serving('--method', 'unix-stream', '--path', 's');
  onTestFinished(() => void server.child.kill('SIGKILL'));
  const ping = ['ping', '--method', 'unix-stream', '--path', 's', '-n', '50', '--out'];
  execFileSync('mkfifo', [join(server.home, 'pipe')]);
  const refused = await server.beside(...ping, 'pipe').ended;
  expect(refused.code).toBe(1);
  expect(refused.err).toMatch(/nobody reads it\. Start its reader first/);
  expect(lstatSync(join(server.home, 'pipe')).isFIFO()).toBe(true);

  const both = join(server.home, 'both');
  const shell = [process.execPath, resolve('bin/bulkhead'), ...ping, '/dev/stdout']
    .map((word) => `'${word}'`)
    .join(' ');
  execFileSync('sh', ['-c', `${shell} > both`], { cwd: server.home, stdio: ['ignore', 'inherit', 'ignore'] });
  const [report, result] = readFileSync(both, 'utf8').split(/^(?={)/m);
  expect(report).toMatch(/50 cycles completed in/);
  const [json, told] = (result as string).split('\n');
  expect(benchResultSchema.parse(JSON.parse(json as string)).runs).toHaveLength(1);
  expect(told).toBe('Results written to /dev/stdout');
});

test('a lifeline that is not there is told, and the server serves all the same', async () => {
  const home = makeHome(inject('stage'));
  const { runtime, root } = inject('stage');
  const child = spawn(runtime, [join(root, 'out/main/bench/serve.js')], {
    env: {
      ...process.env,
      ELECTRON_RUN_AS_NODE: '1',
      BULKHEAD_LIFELINE_FD: '77',
      BULKHEAD_OPTIONS: JSON.stringify({
        command: 'serve',
        method: 'unix-stream',
        place: { kind: 'path', path: join(home, 's') },
        version: '0',
      }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let out = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (out += chunk.toString()));
  await until(() => expect(out).toContain('Stop it with'));
  expect(out).toContain('no pipe under descriptor 77');
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('killing the launcher stops the server and removes its path', async () => {
  const server = await serving('--method', 'unix-stream', '--path', 's');
  server.child.kill('SIGKILL');
  await until(() => expect(processesMentioning(server.home)).toEqual([]));
  expect(existsSync(join(server.home, 's'))).toBe(false);
});

test.each([[['serve']], [['ping', '--method', 'fifo']], [['serve', '--method', 'smoke', '--path', 'p']]])(
  '%j is refused with a sentence and exit code 2',
  async (args) => {
    const { code, err } = await CommandUnderTest.start(...args).ended;
    expect(code).toBe(2);
    expect(err).toMatch(/See: bulkhead (serve|ping) --help/);
  },
);

test.each(['unix-stream', 'unix-dgram'])(
  '%s: a path that is too long is to be shortened where it was given',
  async (method) => {
    const longPath = 'q'.repeat(120);
    const server = CommandUnderTest.start('serve', '--method', method, '--path', longPath);
    const client = server.beside('ping', '--method', method, '--path', longPath, '-n', '5');
    for (const { err } of await Promise.all([server.ended, client.ended])) {
      expect(err).toMatch(/a Unix socket takes 10[37]: \S+\. Give a shorter one with --path\.\n$/);
      expect(err).not.toMatch(/Nobody could be reached|Nothing can listen|TMPDIR/);
    }
  },
);
