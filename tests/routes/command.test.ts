import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, expect, test } from 'vitest';
import { missingServer } from './support/rig';

/** `bulkhead route` as a person types it: from post to collector, over programs that nobody else has started. */

const root = resolve(import.meta.dirname, '../..');
const record = { name: 'A', location: 'B', age: 3, infectedtype: 'C', state: 'D' };
let running: Command[] = [];
afterEach(async () => {
  for (const { child } of running.toReversed()) child.kill('SIGTERM');
  await Promise.all(running.map(({ ended }) => ended));
  running = [];
});

class Command {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  readonly lines: string[] = [];
  stderr = '';

  constructor(line: string, env: NodeJS.ProcessEnv = {}) {
    this.child = spawn(process.execPath, [join(root, 'bin/bulkhead'), 'route', ...line.split(' ')], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    if (this.child.stdout !== null)
      createInterface({ input: this.child.stdout }).on('line', (text) => {
        this.lines.push(text);
        this.child.emit('line');
      });
    this.ended = once(this.child, 'close').then(([code]) => code as number | null);
    running.push(this);
  }

  /** From its first line. */
  async url(): Promise<string> {
    while (this.lines.length === 0) {
      const over = await Promise.race([once(this.child, 'line').then(() => false), this.ended.then(() => true)]);
      if (over) throw new Error(`It ended: ${this.stderr}`);
    }
    return /[a-z]+:\/\/[^\s,]+(?<![.,])/.exec(this.lines[0] ?? '')?.[0] ?? '';
  }

  async interrupt(): Promise<number | null> {
    this.child.kill('SIGINT');
    return this.ended;
  }
}

async function post(url: string): Promise<number> {
  const headers = { 'Content-Type': 'application/json' };
  return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(record) })).status;
}

async function countOf(collector: string, path: string): Promise<number> {
  const { paths } = (await (await fetch(`${collector}stats`)).json()) as {
    paths: Record<string, { distinct: number }>;
  };
  return paths[path]?.distinct ?? 0;
}

test('server, subscriber, receiver and collector by hand, and Ctrl+C ends each in order', async ({ skip }) => {
  const missing = await missingServer('nats');
  if (missing !== null) skip(missing);
  const collector = new Command('collector');
  const collectorUrl = await collector.url();
  const server = new Command('server --route nats');
  // Of the server the environment tells the others.
  const env = { BULKHEAD_NATS_URL: await server.url() };
  const subscriber = new Command(`subscriber --route nats --collector ${collectorUrl}`, env);
  await subscriber.url();
  const receiver = new Command('receiver --route nats', env);
  const receiverUrl = await receiver.url();
  while ((await post(receiverUrl)) !== 202) await new Promise((resolve) => setTimeout(resolve, 50));
  while ((await countOf(collectorUrl, 'nats')) === 0) await new Promise((resolve) => setTimeout(resolve, 50));
  for (const each of [receiver, subscriber, server, collector]) expect(await each.interrupt()).toBe(0);
  expect(JSON.parse(receiver.lines.at(-1) ?? '')).toMatchObject({ type: 'stats', route: 'nats', accepted: 1 });
});

test('without a server to be found it says what to give, and a taken port is told', async () => {
  const lost = new Command('receiver --route rabbitmq', { BULKHEAD_AMQP_URL: '' });
  expect(await lost.ended).toBe(1);
  expect(lost.stderr).toContain('Give its URL with --url, or in BULKHEAD_AMQP_URL.');
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const { port } = holder.address() as { port: number };
  const refused = new Command(`collector --port ${port}`);
  expect(await refused.ended).toBe(1);
  expect(refused.stderr).toContain('is taken by another program');
  holder.close();
});

test('it ends with the process that started it', async () => {
  const collector = new Command('collector');
  const url = await collector.url();
  collector.child.kill('SIGKILL');
  await collector.ended;
  for (;;)
    if (
      await fetch(`${url}stats`).then(
        () => false,
        () => true,
      )
    )
      break;
});

test.each(['nats', 'grpc', 'rabbitmq', 'pubsub'])(
  'a receiver of %s refuses what is no URL of it, and says which is',
  async (route) => {
    const receiver = new Command(`receiver --route ${route} --url nonsense`);
    expect(await receiver.ended, receiver.lines.join()).toBe(2);
    expect(receiver.stderr).toMatch(/can be\. Give it as --url \S*(HOST|:\/\/)/);
    expect(receiver.stderr).not.toContain('nonsense');
  },
);
