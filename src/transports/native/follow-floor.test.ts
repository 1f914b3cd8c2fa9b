import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import { followFloor } from './floor';

let failure = '';
vi.mock('../addons', () => ({ findAddon: () => ({ dir: '/nowhere' }) }));
vi.mock('node:child_process', () => ({
  execFile: vi.fn(),
  // As Node.js does: an error later, and no streams.
  spawn: () => {
    const child = new EventEmitter();
    process.nextTick(() => child.emit('error', Object.assign(new Error(`spawn ${failure}`), { code: failure })));
    return child;
  },
}));

test.each([
  ['EMFILE', true],
  ['EAGAIN', true],
  ['ENOENT', false],
])('a floor that can not start because of %s has a reason; tried again: %s', async (code, again) => {
  failure = code;
  const settings = { method: 'fifo', bytes: 88, ratePerSecond: 20, atMostPerSecond: 50 };
  const floor = followFloor({ ...settings, onRoundTrips: () => undefined });
  expect(floor.pid).toBeNull();
  expect(await floor.ended).toMatchObject({ again });
});
