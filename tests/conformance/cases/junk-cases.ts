import assert from 'node:assert/strict';
import { FRAME_REJECTIONS } from '../../../src/shared/frame';
import { payloadOf } from '../echo-client';
import { announcing, JUNK, type Junk, sound } from '../junk';
import type { Opening } from '../opening';
import type { Peer } from '../peers/peer';
import { until } from '../wait';
import { type ConformanceCase, hasPeer } from './case';

const NONE = Object.fromEntries(FRAME_REJECTIONS.map((rejection) => [rejection, 0]));

const appliesTo = (junk: Junk): Pick<ConformanceCase, 'applies'> => ({
  applies: (info) => hasPeer(info) && (junk.messagesOnly !== true || info.framing === 'message'),
});

async function openWithJunk(
  listen: () => Promise<Opening>,
  peer: Peer,
  inject: (opening: Opening) => void | Promise<void>,
): Promise<Opening> {
  const opening = await listen();
  if (opening.injectsWhileOpen) {
    await opening.openPeer(peer);
    await opening.client.echo(payloadOf(5));
    await inject(opening);
  } else {
    await inject(opening);
    await until(() => opening.channel.rejectedTotal > 0, 'the junk is counted');
    await opening.openPeer(peer);
  }
  return opening;
}

export const junkCases: ConformanceCase[] = [
  ...JUNK.map((junk): ConformanceCase => ({
    name: `counts ${junk.what} from an injector as ‘${junk.rejection}’, once, and goes on working`,
    ...appliesTo(junk),
    async run({ info, peer, listenWithInjector }) {
      const { channel, client } = await openWithJunk(listenWithInjector, peer, (opening) =>
        opening.injectToBrowser(junk.bytes(opening.ticket.runKey, info)),
      );
      assert.deepEqual(await client.echo(payloadOf(300)), payloadOf(300));
      await until(() => channel.rejectedTotal > 0, 'the junk is counted');
      assert.deepEqual(channel.counters.rejected, { ...NONE, [junk.rejection]: 1 });
    },
  })),
  {
    name: 'finds its way back after a frame that was cut short',
    applies: ({ framing }) => framing === 'stream',
    async run({ peer, listenWithInjector }) {
      const { channel, client } = await openWithJunk(listenWithInjector, peer, (opening) =>
        opening.injectToBrowser(sound(opening.ticket.runKey).subarray(0, 30)),
      );
      // What is missing is taken from the next pongs: some of them are lost, and then it goes on.
      await client.settle();
      assert.deepEqual(await client.echo(payloadOf(300)), payloadOf(300));
      assert.ok(channel.rejectedTotal > 0, 'the damage was not counted');
    },
  },
  {
    name: 'loses no frame to an injected sound header that announces the largest payload, and counts it once',
    applies: ({ framing }) => framing === 'stream',
    async run({ info, peer, listenWithInjector }) {
      const opening = await listenWithInjector();
      const { channel, client } = opening;
      await opening.openPeer(peer);
      await client.echo(payloadOf(5));
      await opening.injectToBrowser(announcing(opening.ticket.runKey, info));
      for (let i = 1; i <= 100; i += 1) await client.send(payloadOf(300, i));
      await until(
        () => client.sequences.length === 101,
        () => `${client.sequences.length} of 101 pings are answered`,
      );
      assert.deepEqual(client.sequences, [...Array(101).keys()]);
      assert.deepEqual(client.pongOf(100), payloadOf(300, 100));
      assert.deepEqual(channel.counters.rejected, { ...NONE, truncated: 1 });
    },
  },
  {
    name: 'has the peer answer every ping behind such a header',
    applies: ({ framing }) => framing === 'stream',
    async run({ info, peer, listenWithInjector }) {
      const opening = await listenWithInjector();
      const { client } = opening;
      await opening.openPeer(peer);
      opening.injectToPeer(announcing(opening.ticket.runKey, info));
      for (let i = 0; i < 100; i += 1) await client.send(payloadOf(300, i));
      await until(
        () => client.sequences.length === 100,
        () => `${client.sequences.length} of 100 pings are answered`,
      );
      assert.deepEqual(client.sequences, [...Array(100).keys()]);
      assert.equal((await peer.answers())[opening.channelId], 1);
    },
  },
  {
    name: 'takes what is no bytes at all for a malformed frame',
    applies: ({ id }) => id === 'message-port' || id === 'utility-post' || id === 'ipc-invoke',
    async run({ peer, listenWithInjector }) {
      const opening = await listenWithInjector();
      const messages: unknown[] = ['text', 7, null, { type: 'ping' }, new ArrayBuffer(64), [1, 2, 3]];
      for (const message of messages) await opening.injectToBrowser(message as Uint8Array);
      await until(() => opening.channel.rejectedTotal === messages.length, 'each of them is counted');
      assert.equal(opening.channel.counters.rejected.truncated, messages.length);
      await opening.openPeer(peer);
      assert.deepEqual(await opening.client.echo(payloadOf(20)), payloadOf(20));
    },
  },
  ...JUNK.map((junk): ConformanceCase => ({
    name: `has the peer count ${junk.what}, and answer the next ping`,
    ...appliesTo(junk),
    async run({ info, peer, listenWithInjector }) {
      const opening = await listenWithInjector();
      await opening.openPeer(peer);
      opening.injectToPeer(junk.bytes(opening.ticket.runKey, info));
      assert.deepEqual(await opening.client.echo(payloadOf(300)), payloadOf(300));
      assert.deepEqual(opening.client.sequences, [0], 'the junk was answered');
      assert.equal((await peer.answers())[opening.channelId], opening.injectsIntoPeer ? 1 : 0);
    },
  })),
];
