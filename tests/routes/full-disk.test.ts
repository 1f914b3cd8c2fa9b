import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';

/** A disk that takes no more: the system's limit for the size of a file stands for it, with the same short writes. */

let folder: string;
const running: Array<ReturnType<typeof spawn>> = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bulkhead-full-'));
});
afterEach(async () => {
  for (const child of running.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  rmSync(folder, { recursive: true });
});

/** A collector with this journal, which may grow to so many blocks. */
async function collector(journal: string, blocks: number | 'unlimited') {
  const program = join(inject('programs'), 'collector.js');
  const shell = [
    '-c',
    `ulimit -S -f ${blocks}; exec "$0" "$@"`,
    process.execPath,
    program,
    JSON.stringify({ journal }),
  ];
  const child = spawn('sh', shell, { stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(child);
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  for await (const line of createInterface({ input: child.stdout })) {
    const report = JSON.parse(line) as { type: string; url: string };
    if (report.type !== 'ready') continue;
    child.stdout.resume();
    return { child, url: report.url };
  }
  throw new Error(said);
}

const RECORD = { name: 'A', location: 'B', age: 3, infectedtype: 'unknown', state: 'mild' };
async function post(url: string, path: string, number: number): Promise<{ status: number; text: string }> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'bulkhead-message': `run-1 ${number} 5 another-clock` },
    body: JSON.stringify({ ...RECORD, path }),
  });
  return { status: answer.status, text: await answer.text() };
}

async function distinct(url: string, path: string): Promise<number> {
  const stats = (await (await fetch(`${url}stats`)).json()) as { paths: Record<string, { distinct: number }> };
  return stats.paths[path]?.distinct ?? 0;
}

test('a collector whose journal is full refuses with the reason, and what it has counted outlives it', async () => {
  const journal = join(folder, 'journal');
  const full = await collector(journal, 1);
  let counted = 0;
  let refused: { status: number; text: string } | null = null;
  for (let number = 0; refused === null && number < 10_000; number += 1) {
    const answer = await post(full.url, 'http', number);
    if (answer.status === 200) counted += 1;
    else refused = answer;
  }
  expect(refused).toMatchObject({ status: 503, text: expect.stringContaining("can't write its journal: EFBIG") });
  // A path that it could not even name in its journal.
  expect((await post(full.url, 'nats', 0)).status).toBe(503);
  expect(await distinct(full.url, 'http')).toBe(counted);
  full.child.kill('SIGKILL');
  await once(full.child, 'exit');

  const next = await collector(journal, 'unlimited');
  expect(await distinct(next.url, 'http')).toBe(counted);
  expect((await post(next.url, 'nats', 0)).status).toBe(200);
  expect((await post(next.url, 'http', 9_999)).status).toBe(200);
  next.child.kill('SIGKILL');
  await once(next.child, 'exit');
  const last = await collector(journal, 'unlimited');
  expect([await distinct(last.url, 'http'), await distinct(last.url, 'nats')]).toEqual([counted + 1, 1]);
});

test('once there is room again it goes on, and nothing of the failure is in its journal', async () => {
  const journal = join(folder, 'journal');
  const { child, url } = await collector(journal, 1);
  let number = 0;
  while ((await post(url, 'http', number)).status === 200) number += 1;
  spawn('prlimit', ['--pid', String(child.pid), '--fsize=unlimited']);
  while ((await post(url, 'http', number)).status !== 200) continue;
  expect((await post(url, 'nats', 0)).status).toBe(200);
  child.kill('SIGKILL');
  await once(child, 'exit');
  const next = await collector(journal, 'unlimited');
  expect([await distinct(next.url, 'http'), await distinct(next.url, 'nats')]).toEqual([number + 1, 1]);
});

test('a journal that is no file is refused, rather than read without end', async () => {
  await expect(collector('/dev/zero', 'unlimited')).rejects.toThrow('/dev/zero is no file');
});
