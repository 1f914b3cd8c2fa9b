import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { worded } from '../../../tests/support/worded';

/** The addon is built for Electron, so it can't be loaded here: what is tested is what is said then. Loading is tested by the conformance suite. */
async function availabilityWith(addons: string | undefined) {
  if (addons === undefined) vi.stubEnv('BULKHEAD_ADDONS', undefined);
  else vi.stubEnv('BULKHEAD_ADDONS', addons);
  const { unixDgramAvailability } = await import('./addon');
  return unixDgramAvailability();
}

beforeEach(() => vi.resetModules());
afterEach(() => vi.unstubAllEnvs());

test.skipIf(process.platform === 'win32').each([
  ['without word from the launcher', undefined, /not started by bin\/bulkhead/],
  [
    'when it was not built',
    JSON.stringify({ 'unix-dgram': { error: 'There is no compiler.' } }),
    /^There is no compiler\.$/,
  ],
  [
    'when its folder is gone',
    JSON.stringify({ 'unix-dgram': { dir: '/nowhere/at/all' } }),
    /did not load.*npm run setup/s,
  ],
  ['when the word of the launcher is no JSON', '{', /did not load/],
  ['when the launcher says nothing of it', '{}', /not set up/],
])('%s it is unavailable, with a reason', async (_when, addons, reason) => {
  expect(worded(await availabilityWith(addons))).toEqual({
    available: false,
    reason: expect.stringMatching(reason) as string,
  });
});

test.skipIf(process.platform === 'win32')('a socket can’t be made without the addon, for the same reason', async () => {
  vi.stubEnv('BULKHEAD_ADDONS', JSON.stringify({ 'unix-dgram': { error: 'There is no compiler.' } }));
  const { DgramSocket } = await import('./dgram-socket');
  expect(() => new DgramSocket()).toThrow('There is no compiler.');
});
