import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { Lane } from './lane';
import { Load } from './load';

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
  const settings = { run: 'test', maxInFlight: 20, timeoutMs: 2000 };
  const lanes = await Promise.all(
    [true, false].map(async (answers) => new Lane({ path: String(answers), url: await receiver(answers) }, settings)),
  );
  const bodies = Array.from({ length: 100 }, () => '{}');
  const pace = { kind: 'rate', perSecond: 200 } as const;
  const load = new Load(bodies, lanes, { pace, distribute: 'all', loop: false, maxInFlight: 20 });
  await load.run();
  const [answering, frozen] = lanes.map((lane) => lane.stats());
  for (const lane of lanes) lane.close();
  expect(frozen).toMatchObject({ sent: 100, accepted: 0, failed: 100 });
  expect(frozen?.reasons.failed).toContainEqual(
    expect.objectContaining({ reason: expect.stringContaining('Not posted') }),
  );
  expect(answering).toMatchObject({ sent: 100, accepted: 100, failed: 0 });
});
