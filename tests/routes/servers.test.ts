import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { ROUTE_IDS, ROUTE_CATALOG } from '../../src/shared/routes/route-catalog';
import { Program } from '../../src/node/program';
import { rabbitmqServer } from '../../src/routes/rabbitmq/server';
import type { ServerProcess } from '../../src/routes/server/recipe';
import { findProgram } from '../../src/routes/server/find-program';
import { endAll, ProgramProcess } from './support/program';
import { missingServer } from './support/rig';

/** Servers that Bulkhead starts are its own: on loopback only, gone with it, and nothing stays behind. */

afterAll(endAll);
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bulkhead-server-'));
  return () => rmSync(folder, { recursive: true, force: true });
});

/** Processes that have `text` in their environment or command line, this one's children or not. */
function processesNaming(text: string): number[] {
  const names = (pid: string, file: string) => {
    try {
      return readFileSync(`/proc/${pid}/${file}`, 'utf8').includes(text);
    } catch {
      return false;
    }
  };
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => names(pid, 'environ') || names(pid, 'cmdline'))
    .map(Number)
    .filter((pid) => pid !== process.pid);
}

/** Addresses, in hexadecimal, on which processes listen over TCP. */
function listening(pids: readonly number[]): string[] {
  const sockets = new Set(
    pids.flatMap((pid) =>
      readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
        try {
          return [readFileSync(`/proc/${pid}/fdinfo/${fd}`, 'utf8')];
        } catch {
          return [];
        }
      }),
    ),
  );
  const inodes = new Set([...sockets].flatMap((info) => /^ino:\s*(\d+)$/m.exec(info)?.[1] ?? []));
  return ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/net/${table}`, 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[3] === '0A' && inodes.has(fields[9] ?? ''))
      .map((fields) => fields[1]?.split(':')[0] as string),
  );
}

/** 127.0.0.1, ::1 and ::ffff:127.0.0.1, as the kernel writes them. */
const LOOPBACK = ['0100007F', '00000000000000000000000001000000', '0000000000000000FFFF00000100007F'];

/** Of each server one mode, the one that keeps most; both of Pub/Sub's. */
const SERVERS = [
  { route: 'nats', mode: 'jetstream' },
  { route: 'rabbitmq', mode: 'confirmed' },
  { route: 'pubsub', mode: 'embedded' },
  { route: 'pubsub', mode: 'emulator' },
] as const;

test('every route with a server is here', () => {
  expect(new Set(SERVERS.map(({ route }) => route))).toEqual(
    new Set(ROUTE_IDS.filter((id) => ROUTE_CATALOG[id].server !== null)),
  );
});

describe.each(SERVERS)('$route, $mode', ({ route, mode }) => {
  test.skipIf(process.platform !== 'linux')('listens on loopback only, and stops in good order', async ({ skip }) => {
    const missing = await missingServer(route, mode);
    if (missing !== null) skip(missing);
    const server = new ProgramProcess('server', { route, mode, folder });
    await server.url();
    const pids = processesNaming(folder).filter((pid) => pid !== server.pid);
    expect(pids.length).toBeGreaterThan(0);
    const addresses = listening(pids);
    expect(addresses.length).toBeGreaterThan(0);
    expect(addresses.filter((address) => !LOOPBACK.includes(address))).toEqual([]);
    expect(await server.stop()).toBe(0);
    while (processesNaming(folder).length > 0) await delay(50);
    expect(existsSync(folder)).toBe(true);
  });

  test.skipIf(process.platform !== 'linux' || findProgram('setpriv') === null)(
    'ends when the process that started it is killed',
    async ({ skip }) => {
      const missing = await missingServer(route, mode);
      if (missing !== null) skip(missing);
      const server = new ProgramProcess('server', { route, mode, folder });
      await server.url();
      expect(processesNaming(folder).length).toBeGreaterThan(1);
      await server.kill();
      while (processesNaming(folder).length > 0) await delay(50);
    },
  );

  test('a folder that nobody has named is gone afterwards; one that dies is told with its last words', async ({
    skip,
  }) => {
    const missing = await missingServer(route, mode);
    if (missing !== null) skip(missing);
    // A temporary folder of its own: others may run servers at the same time.
    const usual = process.env['TMPDIR'];
    process.env['TMPDIR'] = folder;
    const server = new ProgramProcess('server', { route, mode });
    if (usual === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = usual;
    const ready = await server.report(({ type }) => type === 'ready');
    const made = readdirSync(folder).filter((name) => name.startsWith('bulkhead-server-'));
    expect(made).toHaveLength(1);
    const processes = ready['processes'] as Array<{ name: string; pid: number }>;
    process.kill(processes.at(-1)?.pid as number, 'SIGKILL');
    expect(await server.ended).toBe(1);
    expect(server.stderr).toContain('has ended by itself');
    expect(existsSync(join(folder, made[0] as string))).toBe(false);
  });
});

test('RabbitMQ’s last words are the end of its log, which it writes to its standard output', async ({ skip }) => {
  const missing = await missingServer('rabbitmq');
  if (missing !== null) skip(missing);
  const found = rabbitmqServer.find();
  if ('missing' in found) throw new Error(found.missing);
  const { processes } = await rabbitmqServer.plan(found.file, folder, 'confirmed');
  const programs = [];
  for (const server of processes) programs.push(await startedProgram(server));
  const node = programs.at(-1) as Program;
  process.kill(node.pid as number, 'SIGKILL');
  expect(await node.ended).toMatchObject({ signal: 'SIGKILL' });
  expect(node.lastWords.join('\n')).toContain('Server startup complete');
  process.kill(programs[0]?.pid as number, 'SIGKILL');
  await programs[0]?.ended;
});

/** As the application runs it, once it is ready. */
function startedProgram({ file, args, env, ready, words }: ServerProcess): Promise<Program> {
  return new Promise((resolve) => {
    const spec = {
      ...{ command: file, args, cwd: folder, env, readyText: 'line' in ready ? ready.line : null },
      logsToOutput: words === 'standard output',
    };
    const program: Program = new Program(spec, { onReady: () => resolve(program), onOutput: () => undefined });
  });
}

test('a route without a server, and settings that are wrong, are told', async () => {
  const none = new ProgramProcess('server', { route: 'http' });
  expect(await none.ended).toBe(1);
  expect(none.stderr).toContain('has no server');
  const wrong = new ProgramProcess('server', { route: 'pigeon' });
  expect(await wrong.ended).toBe(2);
  expect(wrong.stderr).toContain('"route"');
});

test('a subscriber whose server is not there says so while it waits', async () => {
  const settings = { route: 'nats', mode: 'jetstream', url: 'nats://127.0.0.1:1', collector: 'http://127.0.0.1:1/' };
  const subscriber = new ProgramProcess('subscriber', settings);
  await vi.waitFor(() => expect(subscriber.stderr).toContain('NATS is away'), 20_000);
  await subscriber.kill();
});
