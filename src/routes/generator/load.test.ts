import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { Lane } from './lane';
import { Load, type Pace } from './load';

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** Answers every post, or none. */
async function receiver(answers: boolean): Promise<string> {
  const server = createServer((request, response) => {
    request.resume();
    if (answers) request.on('end', () => response.writeHead(202).end('{}'));
  });
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

test('a route whose receiver is frozen fills its own bound and nobody else’s', async () => {
  // So many are due at once only after a stall of 1 s.
  const settings = { run: 'test', maxInFlight: 20, timeoutMs: 2000 };
  const lanes = await Promise.all(
    [true, false].map(async (answers) => new Lane({ path: String(answers), url: await receiver(answers) }, settings)),
  );
  const bodies = Array.from({ length: 40 }, () => '{}');
  const pace = { kind: 'rate', perSecond: 20 } as const;
  const load = new Load(bodies, lanes, { pace, distribute: 'all', loop: false, maxInFlight: 20 });
  await load.run();
  const [answering, frozen] = lanes.map((lane) => lane.stats());
  for (const lane of lanes) lane.close();
  expect(frozen).toMatchObject({ sent: 40, accepted: 0, failed: 40 });
  expect(frozen?.reasons.failed).toContainEqual(
    expect.objectContaining({ reason: expect.stringContaining('Not posted') }),
  );
  expect(answering).toMatchObject({ sent: 40, accepted: 40, failed: 0 });
});

const IMPATIENT: Pace = { kind: 'users', users: 5, spawnRate: 1_000, waitMs: [0, 0] };

test('more users than may be in flight wait for room, and none of their posts fails', async () => {
  const settings = { run: 'test', maxInFlight: 2, timeoutMs: 2000 };
  const lane = new Lane({ path: 'answering', url: await receiver(true) }, settings);
  const bodies = Array.from({ length: 100 }, () => '{}');
  const load = new Load(bodies, [lane], { pace: IMPATIENT, distribute: 'all', loop: false, maxInFlight: 2 });
  await load.run();
  lane.close();
  expect(lane.stats()).toMatchObject({ sent: 100, accepted: 100, failed: 0 });
});

test('users who wait for room leave when the load is stopped', async () => {
  const settings = { run: 'test', maxInFlight: 2, timeoutMs: 500 };
  const lane = new Lane({ path: 'frozen', url: await receiver(false) }, settings);
  const load = new Load(['{}'], [lane], { pace: IMPATIENT, distribute: 'all', loop: true, maxInFlight: 2 });
  setTimeout(() => load.stop(), 250);
  await load.run();
  lane.close();
  expect(load.users).toBe(0);
  expect(lane.stats()).toMatchObject({ sent: 2, accepted: 0, failed: 2 });
});
