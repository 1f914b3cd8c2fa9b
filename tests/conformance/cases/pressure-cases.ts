import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { payloadOf } from '../echo-client';
import { until } from '../wait';
import { type ConformanceCase, hasPeer } from './case';

const STANDSTILL_MS = 1500;
const FRAMES = 300;

export const pressureCases: ConformanceCase[] = [
  {
    name: 'neither throws nor blocks while the peer stands still, and is whole again afterwards',
    applies: hasPeer,
    async run({ info, peer, open }) {
      const { channel, client } = await open();
      await client.echo(payloadOf(8));
      const payload = payloadOf(Math.min(info.maxPayloadBytes, 16_384), 3);
      let turns = 0;
      const turning = setInterval(() => {
        turns += 1;
      }, 5);
      process.kill(peer.pid, 'SIGSTOP');
      setTimeout(() => process.kill(peer.pid, 'SIGCONT'), STANDSTILL_MS);
      const accepted: number[] = [];
      let refused = 0;
      try {
        for (let i = 0; i < FRAMES; i += 1) {
          const { outcome, sequence } = client.offer(payload);
          assert.ok(
            outcome === 'sent' || outcome === 'refused',
            `a peer that stands still made a send say ‘${outcome}’`,
          );
          if (outcome === 'sent') accepted.push(sequence);
          else refused += 1;
          if (i % 10 === 9) await delay(10);
        }
      } finally {
        clearInterval(turning);
      }
      assert.ok(turns > 0, "the browser process's event loop stood still");
      assert.ok(accepted.length > 0, 'no frame was accepted');
      assert.equal(channel.counters.refused, refused);
      assert.equal(channel.counters.sent, accepted.length + 1);
      await client.settle();
      const answered = accepted.filter((sequence) => client.pongOf(sequence) !== undefined);
      if (info.reliable) assert.equal(answered.length, accepted.length, 'accepted frames were lost');
      for (const sequence of answered)
        assert.ok(
          Buffer.from(payload).equals(client.pongOf(sequence) as Uint8Array),
          `pong ${sequence} came back changed`,
        );
      assert.deepEqual(await client.echo(payloadOf(77)), payloadOf(77));
    },
  },
  {
    name: 'refuses rather than piles up without bound when nobody reads',
    applies: ({ whenFull }) => whenFull === 'refuses',
    async run({ info, open, peer }) {
      const { channel, client } = await open();
      await client.echo(payloadOf(8));
      const payload = payloadOf(Math.min(info.maxPayloadBytes, 16_384), 4);
      // Otherwise it might read as fast as this writes.
      process.kill(peer.pid, 'SIGSTOP');
      const most = 1000;
      let offered = 0;
      try {
        await until(() => stateOf(peer.pid) === 'T', 'the peer stands still');
        // Without a turn of the event loop nothing more leaves this process, so this ends only by a refusal.
        while (offered < most && client.offer(payload).outcome === 'sent') offered += 1;
      } finally {
        process.kill(peer.pid, 'SIGCONT');
      }
      assert.ok(offered < most, `${most} frames of ${payload.byteLength} bytes were accepted at once`);
      assert.equal(channel.counters.refused, 1);
      await client.settle();
    },
  },
];

/** The letter in /proc/PID/stat: T is stopped. */
function stateOf(pid: number): string | undefined {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2)[0];
}
