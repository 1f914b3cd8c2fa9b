import { get } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Account } from '../../shared/routes/ledger';
import type { Lane } from './lane';

/** The end of a run: waits until what was accepted has arrived, or nothing has come for a while, and adds up. */

const LOOK_EVERY_MS = 200;
const GET_TIMEOUT_MS = 5_000;
/** A byte for each message of a run. */
const MAX_ANSWER_BYTES = 17 * 1024 * 1024;

export interface LaneAccount extends Account {
  path: string;
}

/**
 * Rejects when the collector can't be asked for so long: then nothing can be said of what has arrived.
 *
 * @param isHeld whether a part of a route is about to come back, and with it what waits there: that is no silence
 */
export async function settle(
  lanes: readonly Lane[],
  collector: string,
  { quietMs, isHeld }: { quietMs: () => number; isHeld: () => boolean },
): Promise<LaneAccount[]> {
  let accounts: LaneAccount[] | null = null;
  let quietSince = performance.now();
  for (;;) {
    const before: LaneAccount[] | null = accounts;
    try {
      accounts = await Promise.all(lanes.map((lane) => accountOf(lane, collector)));
    } catch (error) {
      // It may be about to come back.
      if (!isHeld() && performance.now() - quietSince >= quietMs()) throw error;
      await delay(LOOK_EVERY_MS);
      continue;
    }
    if (isHeld() || before === null || arrivedIn(accounts) !== arrivedIn(before)) quietSince = performance.now();
    if (!accounts.some(({ lost }) => lost > 0) || performance.now() - quietSince >= quietMs()) return accounts;
    await delay(LOOK_EVERY_MS);
  }
}

const arrivedIn = (accounts: readonly Account[]) =>
  accounts.reduce((sum, { delivered, duplicated }) => sum + delivered + 2 * duplicated, 0);

async function accountOf(lane: Lane, collector: string): Promise<LaneAccount> {
  const url = new URL('/deliveries', collector);
  url.searchParams.set('path', lane.path);
  url.searchParams.set('run', lane.run);
  return { path: lane.path, ...lane.ledger.account(await getBytes(url)) };
}

export function getBytes(url: URL): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`The collector at ${url.origin} can't be asked: ${why}.`));
    const asking = get(url, { timeout: GET_TIMEOUT_MS, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > MAX_ANSWER_BYTES) asking.destroy(new Error('its answer is too long'));
        else chunks.push(chunk);
      });
      response.once('end', () => {
        if (response.statusCode === 200) resolve(Buffer.concat(chunks));
        else fail(`it answers ${response.statusCode}`);
      });
      response.once('error', (error) => fail(error.message));
    });
    asking.once('timeout', () => asking.destroy(new Error('it does not answer')));
    asking.once('error', (error) => fail(error.message));
  });
}
