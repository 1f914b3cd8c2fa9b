import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DEFAULT_PROBE_SETTINGS } from '../../shared/probe-settings';
import type { TransportId } from '../../shared/transport-catalog';
import { say } from '../../shared/messages/message';
import type { PortLike } from '../../transports/message-port/port-like';
import { nowNs } from '../clock';
import { MainThreadEnd } from './main-thread-end';
import { type FarEnd, MeasuredChannel } from './measured-channel';
import { Pacer } from './pacer';
import { worded } from '../../../tests/support/worded';

let directory: string;
let asked: Array<{ opening: number; paths: string[] }>;
let channels: MeasuredChannel[];
let ports: MessageChannel[];
const farEnd: FarEnd = {
  frameRouter: undefined,
  invokes: undefined,
  open: (_id, opening, ticket) =>
    asked.push({ opening, paths: Object.values(ticket).filter((value) => typeof value === 'string') }),
  close: () => undefined,
};
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'bh-'));
  asked = [];
  channels = [];
  ports = [];
});
afterEach(() => {
  for (const channel of channels) channel.disconnect('skipped', say('channel.closing'));
  for (const { port1, port2 } of ports) {
    port1.close();
    port2.close();
  }
  rmSync(directory, { recursive: true });
});

function channelOver(transport: TransportId): MeasuredChannel {
  const channel = new MeasuredChannel({
    processId: 'plugin:p',
    processName: 'p',
    transport,
    directory: () => directory,
    nearEnd: new MainThreadEnd({
      transport,
      settings: DEFAULT_PROBE_SETTINGS,
      phase: 0,
      isHidden: () => false,
      pacer: new Pacer(nowNs, () => undefined),
      createPortPair() {
        const pair = new MessageChannel();
        ports.push(pair);
        return { near: pair.port1 as unknown as PortLike, far: pair.port2 as unknown as PortLike };
      },
    }),
    onChanged: () => undefined,
    enabled: true,
  });
  channels.push(channel);
  return channel;
}

async function askedTimes(count: number): Promise<number> {
  await vi.waitFor(() => expect(asked).toHaveLength(count));
  return asked.at(-1)?.opening ?? 0;
}

test('the answer to an earlier opening does not stand for the present one', async () => {
  const channel = channelOver('fifo');
  channel.connect(farEnd);
  const first = await askedTimes(1);
  channel.setEnabled(false);
  channel.setEnabled(true);
  const second = await askedTimes(2);
  channel.opened(first);
  channel.openFailed(first, 'It was closed meanwhile.');
  expect(channel.view().status).toEqual({ kind: 'opening' });
  channel.opened(second);
  expect(channel.measuring).toBe(true);
});

test('a far end that is too slow is asked again', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const channel = channelOver('message-port');
    channel.connect(farEnd);
    await vi.advanceTimersByTimeAsync(5000);
    expect(asked).toHaveLength(1);
    expect(worded(channel.view().status)).toEqual({
      kind: 'waiting',
      reason: 'The process did not open its end within 5 s. It is asked again in 5 s.',
    });
    await vi.advanceTimersByTimeAsync(5000);
    expect(asked).toHaveLength(2);
    channel.opened(asked.at(-1)?.opening ?? 0);
    expect(channel.measuring).toBe(true);
    channel.disconnect('peer-gone', say('channel.not-running'));
    await vi.advanceTimersByTimeAsync(20_000);
    expect(asked).toHaveLength(2);
  } finally {
    vi.useRealTimers();
  }
});

test('what the far end counted of an earlier opening is not counted twice', async () => {
  const channel = channelOver('fifo');
  channel.connect(farEnd);
  const first = await askedTimes(1);
  channel.opened(first);
  channel.peerRejects(first, 7);
  channel.setEnabled(false);
  channel.setEnabled(true);
  channel.opened(await askedTimes(2));
  channel.peerRejects(first, 7);
  expect(channel.totals().rejected).toBe(7);
});

test('a channel that closes by itself says why', async () => {
  const channel = channelOver('message-port');
  channel.connect(farEnd);
  channel.opened(await askedTimes(1));
  ports[0]?.port2.close();
  await vi.waitFor(() => expect(channel.view().status.kind).toBe('waiting'));
  expect(worded(channel.view().status)).toMatchObject({
    reason: expect.stringMatching(/^The channel was closed: the other end of the port was closed\. Switch/),
  });
});

test('after the directory was made anew, what has names there is opened again, and what has none goes on', async () => {
  const pipe = channelOver('fifo');
  const port = channelOver('message-port');
  for (const channel of [pipe, port]) channel.connect(farEnd);
  await askedTimes(2);
  for (const { opening, paths } of asked) (paths.length > 1 ? pipe : port).opened(opening);
  const old = directory;
  rmSync(old, { recursive: true });
  directory = mkdtempSync(join(tmpdir(), 'bh-'));
  for (const channel of [pipe, port]) channel.directoryRenewed();
  expect(port.measuring).toBe(true);
  await askedTimes(3);
  expect(asked[2]?.paths.some((path) => path.startsWith(directory))).toBe(true);
});
