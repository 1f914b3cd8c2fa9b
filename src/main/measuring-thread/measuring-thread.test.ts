import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { build } from 'vite';
import type { Ticket } from '../../shared/control';
import type { Message } from '../../shared/messages/message';
import { answerPings } from '../../transports/answer-pings';
import type { Channel } from '../../transports/channel';
import { connect } from '../../transports/connect';
import { nowNs } from '../clock';
import type { NearEnd } from '../channels/near-end';
import { MeasuringThread } from './measuring-thread';

/** The real thread; the peer is in this one. */

const SETTINGS = { ratePerSecond: 200, payloadBytes: 16, timeoutMs: 5000 };

let built: string;
let directory: string;
let thread: MeasuringThread;
let bugs: unknown[];
let peers: Channel[];
beforeAll(async () => {
  built = mkdtempSync(join(tmpdir(), 'bh-thread-'));
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: resolve(import.meta.dirname, 'worker.ts'),
      outDir: built,
      target: 'node20',
      rollupOptions: { checks: { eval: false }, output: { entryFileNames: 'worker.mjs' } },
    },
    ssr: { noExternal: true },
  });
}, 60_000);
afterAll(() => rmSync(built, { recursive: true }));
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'bh-'));
  bugs = [];
  peers = [];
  thread = new MeasuringThread({
    entry: join(built, 'worker.mjs'),
    onStall: () => undefined,
    onBug: (error) => bugs.push(error),
  });
});
afterEach(async () => {
  for (const peer of peers) peer.close();
  await thread.end();
  rmSync(directory, { recursive: true });
});

const endOver = (transport: 'fifo' | 'unix-stream') => thread.nearEnd({ transport, phase: 0, settings: SETTINGS });

let names = 0;
async function listening(end: NearEnd): Promise<Ticket> {
  names += 1;
  const place = await end.listen({ directory, name: `t${names}` });
  if (place === null) throw new Error('it was closed');
  return place.ticket;
}

async function opened(end: NearEnd, broken: (reason: Message) => void = () => undefined): Promise<Channel> {
  const peer = await connect(await listening(end), []);
  peers.push(peer);
  answerPings(peer, (payload) => payload);
  end.start(broken);
  return peer;
}

/** Waits until the main thread's log says so. */
const until = (check: () => boolean) =>
  vi.waitFor(
    () => {
      thread.drain();
      expect(check()).toBe(true);
    },
    { timeout: 20_000 },
  );

test('pings that it sends are answered, on the clock of this thread', async () => {
  const beganNs = nowNs();
  const end = endOver('fifo');
  expect(end.thread).toBe('worker');
  const settled: number[] = [];
  end.figures.onSettled((sequence) => settled.push(sequence));
  await opened(end);
  await until(() => end.figures.totals(0).answered >= 10);
  for (const sample of [...end.figures.log.range()].slice(0, 10)) {
    expect(sample).toMatchObject({ outcome: 'answered', payloadBytes: 16, hidden: false });
    expect(sample.rttNs).toBeGreaterThan(0);
    expect(sample.sentNs).toBeGreaterThan(beganNs);
    expect(sample.sentNs + sample.rttNs).toBeLessThan(nowNs());
  }
  expect(settled.slice(0, 10)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test.each([
  ['peer-gone', { lost: 1 }],
  ['skipped', { lost: 0 }],
] as const)('a close as %s settles every ping that is under way', async (outcome, { lost }) => {
  const end = endOver('fifo');
  // Nobody answers.
  await listening(end);
  end.start(() => undefined);
  await until(() => end.figures.log.next >= 5);
  end.close(outcome);
  const all = () => [...end.figures.log.range()].map((sample) => sample.outcome);
  await until(() => all().every((each) => each === outcome));
  const { length } = all();
  expect(end.figures.totals(0)).toMatchObject({ sent: length, lost: lost * length });
  await vi.waitFor(() => expect(readdirSync(directory)).toEqual([]));
});

test('another opening goes on with the same sequence of pings', async () => {
  const end = endOver('unix-stream');
  await opened(end);
  await until(() => end.figures.totals(0).answered >= 3);
  end.close('skipped');
  await opened(end);
  const before = end.figures.log.next;
  await until(() => end.figures.log.next >= before + 5 && end.figures.totals(0).answered >= before + 3);
  expect(end.figures.totals(0).late).toBe(0);
});

test('an opening that is closed before it listens comes to nothing, and leaves nothing', async () => {
  const end = endOver('fifo');
  const first = end.listen({ directory, name: 'first' });
  end.close('skipped');
  const ticket = await listening(end);
  await expect(first).resolves.toBeNull();
  const wanted = Object.values(ticket)
    .filter((value) => typeof value === 'string' && value.startsWith(directory))
    .map((path) => String(path).slice(directory.length + 1))
    .toSorted();
  // What the first made may take its time to go.
  await vi.waitFor(() => expect(readdirSync(directory).toSorted()).toEqual(wanted));
});

test('a meeting place that can’t be made is refused with the reason', async () => {
  await expect(endOver('unix-stream').listen({ directory: join(directory, 'nowhere'), name: 'x' })).rejects.toThrow(
    /\S/,
  );
});

test('a peer that hangs up is told, and its pings are lost when it is closed', async () => {
  const end = endOver('unix-stream');
  const broken = vi.fn();
  const peer = await opened(end, broken);
  await until(() => end.figures.totals(0).answered >= 3);
  peer.close();
  await vi.waitFor(() => expect(broken).toHaveBeenCalledOnce());
  end.close('peer-gone');
  await until(() => [...end.figures.log.range()].every(({ outcome }) => outcome !== 'pending'));
});

test('bytes that are no frames are counted, over all openings', async () => {
  const end = endOver('fifo');
  let before = 0;
  for (let opening = 0; opening < 2; opening += 1) {
    const ticket = await listening(end);
    end.start(() => undefined);
    if (ticket.transport === 'fifo') writeFileSync(ticket.writePath, Buffer.alloc(100, 7));
    await until(() => end.rejected > before);
    end.close('skipped');
    await until(() => readdirSync(directory).length === 0);
    before = end.rejected;
  }
});

test('a main thread that stands still delays no ping', async () => {
  const end = endOver('fifo');
  await opened(end);
  await until(() => end.figures.totals(0).answered >= 1);
  const fromNs = nowNs();
  while (nowNs() < fromNs + 500e6);
  const toNs = nowNs();
  thread.drain();
  const meanwhile = [...end.figures.log.range()].filter(({ sentNs }) => sentNs > fromNs && sentNs < toNs);
  expect(meanwhile.length).toBeGreaterThan(10);
});

test('a new rate and size apply at once', async () => {
  const end = endOver('fifo');
  await opened(end);
  await until(() => end.figures.totals(0).answered >= 1);
  end.configure({ ...SETTINGS, payloadBytes: 99 });
  await until(() => end.figures.log.get(end.figures.log.next - 1)?.payloadBytes === 99);
});

test('at the end everything is closed, and no file is left', async () => {
  for (const transport of ['fifo', 'fifo', 'unix-stream'] as const) await opened(endOver(transport));
  expect(readdirSync(directory).length).toBeGreaterThan(0);
  await thread.end();
  expect(readdirSync(directory)).toEqual([]);
  expect(bugs).toEqual([]);
  await thread.end();
});

test('a thread that fails is told of', async () => {
  const failing = new MeasuringThread({
    entry: join(built, 'nowhere.mjs'),
    onStall: () => undefined,
    onBug: (error) => bugs.push(error),
  });
  await vi.waitFor(() => expect(bugs).toHaveLength(1));
  expect(String(bugs[0])).toContain('nowhere.mjs');
  await failing.end();
});
