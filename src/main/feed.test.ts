import type { WebContents } from 'electron';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Emitter } from '../shared/emitter';
import type { FeedMessage } from '../shared/feed';
import { SampleLog } from '../shared/measure/sample-log';
import type { Snapshot } from '../shared/snapshot';
import type { MeasuredChannel } from './channels/measured-channel';
import { Feed } from './feed';
import type { Laboratory } from './laboratory';
import type { MadeUpPort } from './made-up-electron';

vi.mock('electron', () => import('./made-up-electron'));

/** A channel of which the test says what settles. */
class MadeUpChannel {
  readonly id: string;
  readonly settled = new Emitter<number>();
  readonly probe = {
    log: new SampleLog(),
    onSettled: (listener: (sequence: number) => void) => this.settled.on(listener),
  };
  constructor(id: string) {
    this.id = id;
  }
  /** A ping that was answered; or withdrawn, which is no sample. */
  ping(outcome: 'answered' | 'skipped' = 'answered'): number {
    const { log } = this.probe;
    const sequence = log.append(log.next * 1e6, 64, false);
    log.markSent(sequence, sequence * 1e6);
    log.settle(sequence, outcome, outcome === 'answered' ? 5000 : Number.NaN);
    this.settled.emit(sequence);
    return sequence;
  }
}

let echo: MadeUpChannel;
let channels: MadeUpChannel[];
let changed: Emitter<void>;
let added: Emitter<MeasuredChannel>;
let feed: Feed;
let snapshots: number;
let page: MadeUpPort;
const shell = {
  postMessage: (_channel: string, _message: unknown, [port]: MadeUpPort[]) => (page = port as MadeUpPort),
};
const realTurn = setImmediate;
beforeEach(() => {
  // What pauses between two pieces of history is real.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] });
  echo = new MadeUpChannel('echo');
  channels = [echo];
  [changed, added] = [new Emitter(), new Emitter()];
  snapshots = 0;
  feed = new Feed(
    {
      channels,
      onChannelAdded: (listener: (channel: MeasuredChannel) => void) => added.on(listener),
      onChanged: (listener: () => void) => changed.on(listener),
      bringUpToDate: () => undefined,
    } as unknown as Laboratory,
    () => ({ number: (snapshots += 1) }) as unknown as Snapshot,
  );
});
afterEach(() => {
  feed.close();
  vi.useRealTimers();
});

/** Opens it and waits until what was before is sent. */
async function open(): Promise<void> {
  const opened = new Promise<void>((resolve) => feed.onOpened(resolve));
  feed.open(shell as unknown as WebContents);
  await opened;
}
const messages = () => page.got as FeedMessage[];
const sent = () =>
  messages().flatMap((message) =>
    message.kind === 'samples'
      ? message.batches.flatMap((batch) => [...batch.intendedNs].map((ns) => `${batch.channelId} ${ns / 1e6}`))
      : [],
  );
const snapshotsSent = () => messages().filter(({ kind }) => kind === 'snapshot').length;

test('a page gets a snapshot at once, then one every half second', async () => {
  await open();
  expect(snapshotsSent()).toBe(1);
  vi.advanceTimersByTime(1000);
  expect(snapshotsSent()).toBe(3);
});

test('a change is told soon, and a hundred of them at most every 100 ms', async () => {
  await open();
  vi.advanceTimersByTime(100);
  for (let i = 0; i < 100; i += 1) changed.emit();
  vi.advanceTimersByTime(1);
  expect(snapshotsSent()).toBe(2);
  for (let i = 0; i < 100; i += 1) changed.emit();
  vi.advanceTimersByTime(98);
  expect(snapshotsSent()).toBe(2);
  vi.advanceTimersByTime(2);
  expect(snapshotsSent()).toBe(3);
});

test('what settles comes in one batch for each channel every 100 ms, each sample once; what was withdrawn is none', async () => {
  await open();
  echo.ping();
  echo.ping('skipped');
  echo.ping();
  expect(sent()).toEqual([]);
  vi.advanceTimersByTime(100);
  expect(sent()).toEqual(['echo 0', 'echo 2']);
  vi.advanceTimersByTime(1000);
  expect(sent()).toEqual(['echo 0', 'echo 2']);
});

test('a channel that is added later is followed as well', async () => {
  await open();
  const digest = new MadeUpChannel('digest');
  added.emit(digest as unknown as MeasuredChannel);
  digest.ping();
  vi.advanceTimersByTime(100);
  expect(sent()).toEqual(['digest 0']);
});

test('a page that comes back gets what was kept, in order and without gap or repetition', async () => {
  for (let i = 0; i < 12_000; i += 1) echo.ping();
  const opening = open();
  // While the pieces of the history are on their way.
  await new Promise((resolve) => realTurn(resolve));
  echo.ping();
  await opening;
  vi.advanceTimersByTime(100);
  expect(sent()).toEqual(Array.from({ length: 12_001 }, (_, sequence) => `echo ${sequence}`));
  expect(messages().filter(({ kind }) => kind === 'samples').length).toBeGreaterThan(3);
});

test('nothing is kept for a page that is not there, and nothing is sent to one that went', async () => {
  await open();
  page.close();
  const before = messages().length;
  echo.ping();
  changed.emit();
  vi.advanceTimersByTime(2000);
  expect(messages()).toHaveLength(before);
  expect(feed.send({ kind: 'command', command: 'new-tab' })).toBe(false);
  await open();
  vi.advanceTimersByTime(100);
  expect(sent()).toEqual(['echo 0']);
});
