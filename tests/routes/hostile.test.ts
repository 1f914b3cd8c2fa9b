import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endAll, ProgramProcess } from './support/program';
import { type Rig, startRig } from './support/rig';

/** A receiver that many come to at once: it turns away whom it can't hold, says so, and goes on. */

let rig: Rig;
beforeAll(async () => {
  rig = await startRig('http', 'direct', await new ProgramProcess('collector', {}).url());
});
afterAll(async () => {
  await endAll();
  await rig.close();
});

const CONNECTIONS = 10_000;
const AT_ONCE = 500;
const MOST = 1_000;
const record = { name: 'A', location: 'B', age: 3, infectedtype: 'C', state: 'D' };

interface Caller {
  socket: Socket;
  said: string;
  /** How it went: it holds a connection, or the other side has closed it, with an answer or without. */
  ended: boolean;
}

/** Resolves once it is connected, or was not let in. */
function call(port: number): Promise<Caller> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const caller: Caller = { socket, said: '', ended: false };
    socket.on('data', (chunk: Buffer) => (caller.said += chunk.toString()));
    socket.on('error', () => undefined);
    socket.once('connect', () => resolve(caller));
    socket.once('close', () => {
      caller.ended = true;
      resolve(caller);
    });
  });
}

const post = () =>
  fetch(rig.receiverUrl, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Connection: 'close' },
    body: JSON.stringify(record),
  }).then(
    ({ status }) => status,
    () => null,
  );

test('10,000 connections: those above the bound get a 503, nobody is kept waiting, and posts go on afterwards', async () => {
  const port = Number(new URL(rig.receiverUrl).port);
  const callers: Caller[] = [];
  while (callers.length < CONNECTIONS)
    callers.push(...(await Promise.all(Array.from({ length: AT_ONCE }, () => call(port)))));
  const said = callers.map((caller) => caller.said.slice(0, 'HTTP/1.1 503'.length));
  // Who was not let in was told, or closed at once when even that is too many; who says nothing is told 408 after a while.
  expect(new Set(said.filter((text) => text !== ''))).toContain('HTTP/1.1 503');
  expect(said.filter((text) => !['', 'HTTP/1.1 503', 'HTTP/1.1 408'].includes(text))).toEqual([]);
  const { connections, turnedAway } = (await rig.receiver.next(({ type }) => type === 'stats')) as unknown as {
    connections: number;
    turnedAway: number;
  };
  expect(connections).toBeLessThanOrEqual(2 * MOST);
  expect(turnedAway).toBeGreaterThan(0);
  for (const { socket } of callers) socket.destroy();
  while ((await post()) !== 202) await rig.receiver.next(({ type }) => type === 'stats');
  expect(rig.receiver.stderr).toBe('');
});
