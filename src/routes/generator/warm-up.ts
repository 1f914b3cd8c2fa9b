import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Lane } from './lane';
import { Load } from './load';

const POSTS = 2_000;
const PER_SECOND = 5_000;

/**
 * Before a constant rate begins, which begins at full speed: the same code posts to a server in this process until it is
 * compiled. Otherwise the first posts are some 100 ms late, and open a connection each because none is answered yet.
 */
export async function warmUp(): Promise<void> {
  const server = createServer((request, response) => {
    request.resume();
    request.once('end', () => response.writeHead(202, { 'Content-Length': 0 }).end());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const limits = { maxInFlight: 64, timeoutMs: 1_000 };
  const lane = new Lane({ path: 'warm-up', url }, { run: 'warm-up', ...limits });
  const bodies = Array.from({ length: POSTS }, () => '{}');
  await new Load(bodies, [lane], {
    pace: { kind: 'rate', perSecond: PER_SECOND },
    distribute: 'balance',
    loop: false,
    ...limits,
  }).run();
  lane.close();
  server.close();
  server.closeAllConnections();
}
