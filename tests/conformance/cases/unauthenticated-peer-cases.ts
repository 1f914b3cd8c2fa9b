import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import type { Ticket } from '../../../src/shared/control';
import type { TransportInfo } from '../../../src/shared/transport-catalog';
import { LOOPBACK_ADDRESS } from '../../../src/transports/loopback';
import { payloadOf } from '../echo-client';
import { until } from '../wait';
import type { ConformanceCase } from './case';

/** Meeting places that any process of the user, or any user of the machine, can come to. */
const isConnection = ({ id }: TransportInfo) => id === 'unix-stream' || id.startsWith('tcp');
const isUdp = ({ id }: TransportInfo) => id.startsWith('udp');

export const unauthenticatedPeerCases: ConformanceCase[] = [
  {
    name: 'turns a connection away that says another key, counts it, and lets the peer in',
    applies: isConnection,
    async run({ peer, listen }) {
      const opening = await listen();
      const intruder = await visit(opening.ticket);
      intruder.socket.write(opening.ticket.runKey.map((byte) => byte ^ 1));
      await until(() => intruder.ended, 'the intruder is turned away');
      assert.equal(opening.channel.counters.rejected.foreign, 1);
      assert.equal(intruder.heardBytes, 0, 'the intruder was told something');
      await opening.openPeer(peer);
      assert.deepEqual(await opening.client.echo(payloadOf(40)), payloadOf(40));
      assert.equal(opening.channel.rejectedTotal, 1);
    },
  },
  {
    name: 'turns a connection away that says nothing, while the peer comes and goes on',
    applies: isConnection,
    async run({ peer, listen }) {
      const opening = await listen();
      const intruder = await visit(opening.ticket);
      const impatient = await visit(opening.ticket);
      impatient.socket.end();
      await until(() => intruder.ended && impatient.ended, 'both are turned away');
      assert.equal(opening.channel.counters.rejected.foreign, 2);
      await opening.openPeer(peer);
      assert.deepEqual(await opening.client.echo(payloadOf(40)), payloadOf(40));
    },
  },
  {
    name: 'turns everybody away once the peer is there, also those who know the key',
    applies: isConnection,
    async run({ peer, listen }) {
      const opening = await listen();
      const early = await visit(opening.ticket);
      await opening.openPeer(peer);
      await until(() => early.ended, 'the pending connection is turned away');
      await assert.rejects(visit(opening.ticket));
      assert.deepEqual(await opening.client.echo(payloadOf(40)), payloadOf(40));
      assert.equal(opening.channel.counters.rejected.foreign, 1);
    },
  },
  {
    name: 'does not let a peer in that has the wrong key, and both ends say so',
    applies: (info) => isConnection(info) || isUdp(info),
    async run({ peer, listen }) {
      const { channel, channelId, ticket } = await listen();
      const wrong = { ...ticket, runKey: ticket.runKey.map((byte) => byte ^ 0x80) };
      await assert.rejects(peer.open(channelId, wrong, []), /could not be reached.*key of this channel/);
      assert.ok(channel.counters.rejected.foreign > 0, 'nothing was counted');
      assert.equal(channel.sendPing(0, payloadOf(1)), 'refused');
    },
  },
  {
    name: 'counts and drops datagrams that come before the peer’s hello',
    applies: isUdp,
    async run({ peer, listen }) {
      const opening = await listen();
      for (const bytes of [payloadOf(0), payloadOf(8), payloadOf(200)]) await sendUdp(opening.ticket, bytes);
      await until(() => opening.channel.counters.rejected.foreign === 3, 'all three are counted');
      await opening.openPeer(peer);
      assert.deepEqual(await opening.client.echo(payloadOf(40)), payloadOf(40));
      assert.equal(opening.channel.rejectedTotal, 3);
    },
  },
  {
    name: 'hears nobody but the peer once it is there, also not those who know the key',
    applies: isUdp,
    async run({ open }) {
      const opening = await open();
      await sendUdp(opening.ticket, opening.ticket.runKey);
      assert.deepEqual(await opening.client.echo(payloadOf(40)), payloadOf(40));
      assert.equal(opening.channel.rejectedTotal, 0);
    },
  },
];

interface Visitor {
  socket: Socket;
  readonly ended: boolean;
  readonly heardBytes: number;
}

/** Connects to the meeting place. Rejects when nobody listens there any more. */
async function visit(ticket: Ticket): Promise<Visitor> {
  const socket = createConnection(placeOf(ticket));
  let ended = false;
  let heardBytes = 0;
  socket.on('data', (bytes) => {
    heardBytes += bytes.byteLength;
  });
  socket.on('close', () => {
    ended = true;
  });
  await once(socket, 'connect');
  // From now on a reset is an end like any other.
  socket.on('error', () => undefined);
  return {
    socket,
    get ended() {
      return ended;
    },
    get heardBytes() {
      return heardBytes;
    },
  };
}

function placeOf(ticket: Ticket): { path: string } | { host: string; port: number } {
  if ('path' in ticket) return { path: ticket.path };
  if ('port' in ticket) return { host: LOOPBACK_ADDRESS[ticket.transport.endsWith('6') ? 6 : 4], port: ticket.port };
  throw new Error(`Nobody can connect to a ${ticket.transport}.`);
}

async function sendUdp(ticket: Ticket, bytes: Uint8Array): Promise<void> {
  const { host, port } = placeOf(ticket) as { host: string; port: number };
  const socket = createSocket(ticket.transport === 'udp6' ? 'udp6' : 'udp4');
  await new Promise<void>((resolve, reject) => {
    socket.send(bytes, port, host, (error) => (error === null ? resolve() : reject(error)));
  });
  socket.close();
}
