import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { payloadOf } from '../echo-client';
import { until } from '../wait';
import type { ConformanceCase } from './case';
import { isStandardStreams } from './case';
import { render } from '../../../src/shared/messages/message';

/** What holds for a peer that is a child of the process that listens. */
export const childCases: ConformanceCase[] = [
  {
    name: 'kills its child when it is closed, once or twice, with frames under way in both directions',
    applies: isStandardStreams,
    async run({ peer, open }) {
      const { channel, client } = await open();
      await client.echo(payloadOf(8));
      for (let i = 0; i < 50; i += 1) client.offer(payloadOf(4096, i));
      const reasons: string[] = [];
      channel.onClose((reason) => reasons.push(render(reason)));
      channel.close();
      channel.close();
      await until(() => !peer.alive, 'the child is gone');
      await delay(50);
      assert.deepEqual(reasons, [], 'its own close was told as a failure');
    },
  },
  {
    name: 'kills a child that hangs as well',
    applies: isStandardStreams,
    async run({ peer, open }) {
      const { channel, client } = await open();
      await client.echo(payloadOf(8));
      peer.tell({ kind: 'fault', fault: 'hang', durationMs: 60_000 });
      channel.close();
      await until(() => !peer.alive, 'the child is gone');
    },
  },
  {
    name: 'says which signal ended its child',
    applies: isStandardStreams,
    async run({ peer, open }) {
      const { channel, client } = await open();
      await client.echo(payloadOf(8));
      const reasons: string[] = [];
      channel.onClose((reason) => reasons.push(render(reason)));
      process.kill(peer.pid, 'SIGKILL');
      await until(() => reasons.length > 0, 'the channel says that it is closed');
      await delay(300);
      assert.deepEqual(reasons, ['the child process was ended by signal SIGKILL']);
      assert.equal(channel.sendPing(5, payloadOf(8)), 'closed');
    },
  },
  {
    name: 'ends a child that closes its stdout and lives on, with a reason',
    applies: isStandardStreams,
    async run({ peer, open }) {
      const opening = await open();
      await opening.client.echo(payloadOf(8));
      const reasons: string[] = [];
      opening.channel.onClose((reason) => reasons.push(render(reason)));
      peer.tell({ kind: 'close', channelId: opening.channelId });
      peer.tell({ kind: 'close', channelId: opening.channelId });
      await until(() => reasons.length > 0, 'the channel says that it is closed');
      assert.deepEqual(reasons, ['the child process closed its stdin or stdout']);
      await until(() => !peer.alive, 'the child is gone');
    },
  },
  {
    name: 'refuses a second channel over the same stdin',
    applies: isStandardStreams,
    async run({ peer, open }) {
      const { ticket, client } = await open();
      await assert.rejects(peer.open('another', ticket, []), /serve a channel already/);
      assert.deepEqual(await client.echo(payloadOf(9)), payloadOf(9));
    },
  },
  {
    name: 'sends a burst of large frames whole, though the kernel takes them in parts',
    applies: isStandardStreams,
    async run({ info, open }) {
      const { client } = await open();
      const size = Math.floor(info.maxPayloadBytes / 2);
      const sent: number[] = [];
      // As much as may wait at either end: a peer that can't send a pong drops it.
      for (let i = 0; i < 3; i += 1) sent.push(await client.send(payloadOf(size, i)));
      for (let i = 0; i < 100; i += 1) await client.send(payloadOf(i * 13, i));
      await client.settle();
      for (const [i, sequence] of sent.entries())
        assert.ok(
          Buffer.from(payloadOf(size, i)).equals(client.pongOf(sequence) ?? new Uint8Array(0)),
          `pong ${sequence} came back changed`,
        );
    },
  },
];
