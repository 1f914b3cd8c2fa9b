import assert from 'node:assert/strict';
import { connect } from '../../../src/transports/connect';
import { payloadOf } from '../echo-client';
import { until } from '../wait';
import type { ConformanceCase } from './case';

const isIcmp: ConformanceCase['applies'] = ({ id }) => id === 'icmp';

/** What holds where the kernel answers. */
export const icmpCases: ConformanceCase[] = [
  {
    name: 'answers in the order in which it was asked, one at a time',
    applies: isIcmp,
    async run({ open }) {
      const { client } = await open();
      for (let i = 0; i < 200; i += 1) {
        const payload = payloadOf((i * 97) % 4096, i);
        assert.deepEqual(await client.echo(payload), payload);
      }
      assert.deepEqual(
        client.sequences,
        Array.from({ length: 200 }, (_, i) => i),
      );
    },
  },
  {
    name: 'hears its own answers alone, of several at once',
    applies: isIcmp,
    async run({ open }) {
      const openings = [await open(), await open(), await open()];
      for (let i = 0; i < 20; i += 1) for (const { client } of openings) client.offer(payloadOf(100, i));
      await until(() => openings.every(({ client }) => client.arrived.length >= 20), 'all are answered');
      for (const { channel } of openings) {
        assert.equal(channel.counters.received, 20);
        assert.equal(channel.rejectedTotal, 0, 'an answer to another socket came in');
      }
    },
  },
  {
    name: 'has no other end to open, and says so',
    applies: isIcmp,
    async run({ listen }) {
      const { ticket } = await listen();
      await assert.rejects(connect(ticket, []), /no other end/);
    },
  },
];
