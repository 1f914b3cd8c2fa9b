import assert from 'node:assert/strict';
import { payloadOf } from '../echo-client';
import { until } from '../wait';
import { type ConformanceCase, isStandardStreams } from './case';

/** Around the header, around powers of two, around a page, a pipe's 64 KiB and each transport's own limit. */
const SIZES = [
  0, 1, 23, 24, 25, 63, 64, 65, 255, 1000, 4095, 4096, 4097, 16_384, 32_767, 32_768, 65_511, 65_512, 65_513, 65_535,
  65_536, 65_537, 131_072, 1_048_575,
];

export const echoCases: ConformanceCase[] = [
  {
    name: 'echoes every size from 0 bytes to its stated maximum, byte for byte',
    async run({ info, open }) {
      const { client } = await open();
      const sizes = [...SIZES.filter((size) => size < info.maxPayloadBytes), info.maxPayloadBytes];
      for (const size of sizes) {
        const payload = payloadOf(size, size);
        assert.ok(
          Buffer.from(payload).equals(await client.echo(payload)),
          `the payload of ${size} bytes came back changed`,
        );
      }
    },
  },
  {
    name: 'refuses a payload one byte over its maximum, and goes on working',
    async run({ info, open }) {
      const { channel, client } = await open();
      const tooLarge = new Uint8Array(info.maxPayloadBytes + 1);
      assert.throws(() => channel.send('ping', 0, tooLarge), RangeError);
      assert.equal(channel.sendPing(0, tooLarge), 'refused');
      assert.equal(channel.counters.sent, 0);
      assert.deepEqual(await client.echo(payloadOf(10)), payloadOf(10));
    },
  },
  {
    name: 'carries sequence numbers to the end of 32 bits',
    async run({ open }) {
      const { channel } = await open();
      const heard: number[] = [];
      channel.onFrame(({ sequence }) => heard.push(sequence));
      assert.equal(channel.sendPing(2 ** 32 - 1, new Uint8Array(3)), 'sent');
      await until(() => heard.length > 0, 'the ping is answered');
      assert.deepEqual(heard, [2 ** 32 - 1]);
    },
  },
  {
    name: 'keeps the order of a burst of mixed sizes',
    applies: ({ ordered }) => ordered,
    async run({ info, open }) {
      const { client } = await open();
      const sent: number[] = [];
      for (let i = 0; i < 300; i += 1) sent.push(await client.send(payloadOf((i * 97) % 4096, i)));
      await client.settle();
      const arrived = client.sequences;
      assert.deepEqual(
        arrived,
        arrived.toSorted((a, b) => a - b),
      );
      for (const { sequence, payload } of client.arrived.filter(({ sequence }) => sequence < 300)) {
        assert.ok(
          Buffer.from(payloadOf((sequence * 97) % 4096, sequence)).equals(payload),
          `pong ${sequence} holds another ping's payload`,
        );
      }
      if (info.reliable)
        assert.deepEqual(
          arrived.filter((sequence) => sequence < 300),
          sent,
        );
      else assert.ok(arrived.length > 1, 'nothing of the burst came back');
    },
  },
  {
    name: 'brings back everything that is in flight at once',
    applies: ({ reliable }) => reliable,
    async run({ open }) {
      const { client } = await open();
      const sent: number[] = [];
      for (let i = 0; i < 200; i += 1) {
        const { outcome, sequence } = client.offer(payloadOf(64, i));
        assert.equal(outcome, 'sent', 'there was no room for 200 small frames');
        sent.push(sequence);
      }
      await client.settle();
      assert.deepEqual(
        sent.filter((sequence) => client.pongOf(sequence) === undefined),
        [],
      );
    },
  },
  {
    name: 'keeps two channels to one peer apart',
    applies: (info) => !isStandardStreams(info),
    async run({ open }) {
      const one = await open();
      const two = await open();
      const [first, second] = await Promise.all([
        one.client.echo(payloadOf(100, 1)),
        two.client.echo(payloadOf(100, 2)),
      ]);
      assert.deepEqual([first, second], [payloadOf(100, 1), payloadOf(100, 2)]);
      assert.deepEqual([one.channel.counters.received, two.channel.counters.received], [1, 1]);
    },
  },
];
