import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import { followFloor } from './floor';

vi.mock('../addons', () => ({ findAddon: () => ({ dir: '/nowhere' }) }));
vi.mock('node:child_process', () => ({
  execFile: vi.fn(),
  // As Node.js does: an error later, and no streams.
  spawn: () => {
    const child = new EventEmitter();
    process.nextTick(() => child.emit('error', new Error('spawn EMFILE')));
    return child;
  },
}));

test('a floor for which there is no descriptor left has a reason', async () => {
  const settings = { method: 'fifo', bytes: 88, ratePerSecond: 20, atMostPerSecond: 50 };
  const floor = followFloor({ ...settings, onRoundTrips: () => undefined });
  expect(floor.pid).toBeNull();
  expect(await floor.ended).toMatchObject({ again: false });
});
