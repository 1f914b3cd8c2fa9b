import assert from 'node:assert/strict';
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { nowNs } from '../../../src/main/clock';
import { isLost } from '../../../src/shared/measure/outcome';
import { Probe } from '../../../src/shared/measure/probe';
import type { TransportId } from '../../../src/shared/transport-catalog';
import { render } from '../../../src/shared/messages/message';
import { payloadOf } from '../echo-client';
import { until } from '../wait';
import { type ConformanceCase, hasLastingPeer, hasPeer, isStandardStreams } from './case';

const SETTINGS = { ratePerSecond: 200, payloadBytes: 64, timeoutMs: 10_000 };

/** How many files there are while nobody but the browser is there, and once the channel is open. */
const FILES: Partial<Record<TransportId, [listening: number, open: number]>> = {
  'unix-dgram': [1, 2],
  'unix-dgram-native': [1, 2],
  // Its path goes once the peer has come.
  'unix-stream': [1, 0],
  fifo: [2, 2],
  file: [2, 2],
};

function checkFiles(directory: string, count: number): void {
  const files = readdirSync(directory).map((name) => lstatSync(join(directory, name)));
  assert.equal(files.length, count);
  for (const file of files) {
    assert.ok(file.isFIFO() || file.isSocket() || file.isFile(), 'there is a file of another kind');
    assert.equal((file.mode & 0o777).toString(8), file.isFIFO() ? '640' : '600');
  }
}

export const lifeCases: ConformanceCase[] = [
  {
    name: "survives its peer's death with pings under way",
    applies: hasPeer,
    async run({ open, startPeer }) {
      const victim = await startPeer();
      const { channel, client } = await open(victim);
      await client.echo(payloadOf(8));
      // All of its threads: one that answers would go on while the main thread hangs.
      process.kill(victim.pid, 'SIGSTOP');
      for (let i = 0; i < 5; i += 1) client.offer(payloadOf(64));
      await victim.kill();
      for (let i = 0; i < 50; i += 1) {
        const { outcome } = client.offer(payloadOf(1000));
        assert.ok(['sent', 'refused', 'closed'].includes(outcome));
      }
      // Whatever the operating system has to say about the dead end is heard within these turns.
      await delay(100);
      channel.close();
      assert.equal(channel.sendPing(0, payloadOf(1)), 'closed');
    },
  },
  {
    name: 'lets a probe settle every ping when the peer dies',
    applies: hasPeer,
    async run({ open, startPeer }) {
      const victim = await startPeer();
      const { channel } = await open(victim);
      const probe = new Probe({ clock: nowNs, settings: SETTINGS, phase: 0, isHidden: () => false });
      const settled = new Set<number>();
      probe.onSettled((sequence) => settled.add(sequence));
      channel.onFrame((frame) => probe.receive(frame));
      probe.start(channel);
      const pacing = setInterval(() => probe.tick(), 2);
      try {
        await until(() => probe.totals(0).answered >= 3, 'three pings are answered');
        process.kill(victim.pid, 'SIGSTOP');
        await until(() => probe.log.next - settled.size >= 3, 'three pings are under way at once');
        await victim.kill();
        probe.tick();
      } finally {
        clearInterval(pacing);
      }
      probe.stop('peer-gone');
      const samples = [...probe.log.range()];
      assert.deepEqual(
        samples.filter(({ outcome }) => outcome === 'pending'),
        [],
      );
      assert.equal(settled.size, samples.length);
      const lost = samples.filter(({ outcome }) => isLost(outcome));
      assert.ok(lost.some(({ outcome }) => outcome === 'peer-gone'));
      assert.equal(probe.totals(0).lost, lost.length);
      assert.equal(probe.totals(0).answered + lost.length, samples.length);
    },
  },
  {
    name: 'hears of its peer’s death, with a reason',
    applies: ({ id }) => id === 'message-port' || id === 'unix-stream' || /^(tcp|udp|stdout)/.test(id),
    async run({ open, startPeer }) {
      const victim = await startPeer();
      const { channel, client } = await open(victim);
      await client.echo(payloadOf(8));
      const reasons: string[] = [];
      channel.onClose((reason) => reasons.push(render(reason)));
      await victim.kill();
      await until(() => {
        // A datagram socket hears of it when it sends.
        if (reasons.length === 0) client.offer(payloadOf(8));
        return reasons.length > 0;
      }, 'the channel says that it is closed');
      await delay(50);
      assert.equal(reasons.length, 1);
      assert.ok((reasons[0] as string).length > 10);
    },
  },
  {
    name: "opens afresh to a new process after its peer's death",
    applies: hasPeer,
    async run({ open, startPeer }) {
      const victim = await startPeer();
      const before = await open(victim);
      await before.client.echo(payloadOf(8));
      await victim.kill();
      before.channel.close();
      const successor = await startPeer();
      assert.notEqual(successor.pid, victim.pid);
      const after = await open(successor);
      assert.deepEqual(await after.client.echo(payloadOf(500)), payloadOf(500));
      assert.notDeepEqual(after.ticket.runKey, before.ticket.runKey);
    },
  },
  {
    name: 'takes a double close at the browser’s end',
    applies: (info) => !isStandardStreams(info),
    async run({ peer, open }) {
      const { channel, client } = await open();
      await client.echo(payloadOf(8));
      channel.close();
      channel.close();
      await peer.answers();
      assert.deepEqual(await (await open()).client.echo(payloadOf(9)), payloadOf(9));
    },
  },
  {
    name: 'takes a double close at the peer’s end',
    applies: hasLastingPeer,
    async run({ peer, open }) {
      const opening = await open();
      await opening.client.echo(payloadOf(8));
      peer.tell({ kind: 'close', channelId: opening.channelId });
      peer.tell({ kind: 'close', channelId: opening.channelId });
      await peer.answers();
      assert.ok(peer.alive);
      assert.deepEqual(await (await open()).client.echo(payloadOf(9)), payloadOf(9));
    },
  },
  {
    name: 'takes a close with frames still under way in both directions',
    applies: (info) => !isStandardStreams(info),
    async run({ peer, open }) {
      const { channel, client } = await open();
      await client.echo(payloadOf(8));
      for (let i = 0; i < 50; i += 1) client.offer(payloadOf(4096, i));
      channel.close();
      await peer.answers();
      assert.deepEqual(await (await open()).client.echo(payloadOf(9)), payloadOf(9));
    },
  },
  {
    name: 'says that it is closed instead of sending after its close',
    async run({ open }) {
      const { channel, client } = await open();
      await client.echo(payloadOf(8));
      channel.close();
      assert.equal(channel.sendPing(1, payloadOf(8)), 'closed');
      assert.equal(channel.counters.sent, 1);
    },
  },
  {
    name: 'opens again under the same channel id at the same peer',
    applies: hasLastingPeer,
    async run({ peer, listen, open }) {
      const first = await open();
      await first.client.echo(payloadOf(8));
      const second = await listen(first.channelId);
      await second.openPeer(peer);
      assert.deepEqual(await second.client.echo(payloadOf(60)), payloadOf(60));
    },
  },
  {
    name: 'tells with a reason that its meeting place is gone',
    applies: (info) => hasLastingPeer(info) && !['message-port', 'utility-post', 'ipc-invoke'].includes(info.id),
    async run({ peer, listen }) {
      const opening = await listen();
      opening.channel.close();
      await assert.rejects(opening.openPeer(peer), (error: Error) => error.message.length > 10);
      await peer.answers();
    },
  },
  {
    name: 'makes its files for their owner only, in the directory that it was given',
    async run({ info, peer, directory, listen }) {
      const [listening, open] = FILES[info.id] ?? [0, 0];
      const opening = await listen();
      checkFiles(directory, listening);
      await opening.openPeer(peer);
      await opening.client.echo(payloadOf(8));
      checkFiles(directory, open);
    },
  },
  {
    name: 'leaves no file behind when the browser’s end is closed',
    async run({ directory, open }) {
      const { channel, client } = await open();
      await client.echo(payloadOf(8));
      channel.close();
      await until(
        () => readdirSync(directory).length === 0,
        () => `the directory is empty (it holds ${readdirSync(directory).join(', ')})`,
      );
    },
  },
  {
    name: "leaves no file behind when the peer was killed before the browser's end is closed",
    applies: hasPeer,
    async run({ directory, open, startPeer }) {
      const victim = await startPeer();
      const { channel, client } = await open(victim);
      await client.echo(payloadOf(8));
      await victim.kill();
      channel.close();
      await until(
        () => readdirSync(directory).length === 0,
        () => `the directory is empty (it holds ${readdirSync(directory).join(', ')})`,
      );
    },
  },
];
