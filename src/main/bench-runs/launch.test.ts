import { expect, test } from 'vitest';
import { launchPlan, waysToStart } from '../../../scripts/launch/plan.mjs';
import { sharedMemorySwitches } from '../../../scripts/system/shared-memory.mjs';
import type { BenchRequest } from '../../shared/bench/request';
import { benchLaunch, LIFELINE_FD, PROGRESS_FD } from './launch';

const REQUEST: BenchRequest = {
  methods: ['fifo'],
  routes: null,
  sizes: [64],
  placement: 'free',
  io: 'native',
  thread: 'main',
  mode: { kind: 'closed', cycles: 500 },
  rounds: 2,
  warmup: 10,
  timeoutMs: 2000,
  floor: true,
  thresholds: [],
};

test.each([
  ['linux', 1000, false],
  ['linux', 0, true],
  ['darwin', 501, false],
] as const)('as the launcher starts the benchmark: %s, user %i, memory elsewhere: %s', (platform, uid, elsewhere) => {
  const runtime = { executable: '/runtime/electron', origin: 'installed', version: '1', detail: '', supported: true };
  const common = {
    root: '/checkout',
    runtime: runtime as unknown as Parameters<typeof launchPlan>[0]['runtime'],
    addons: {} as Parameters<typeof launchPlan>[0]['addons'],
    uid,
    platform,
    env: { PATH: '/bin' },
    lifelineFd: LIFELINE_FD,
  };
  const output = {
    json: '/run/result.json',
    csv: null,
    hgrm: null,
    html: null,
    trace: '/run/result.trace.json',
    progress: { descriptor: PROGRESS_FD },
  };
  const expected = launchPlan({
    ...common,
    ...(elsewhere && {
      switches: [...(waysToStart(true, null, false, platform)[0] ?? []), ...sharedMemorySwitches('/none')],
    }),
    options: { headless: true, command: 'bench', bench: { request: REQUEST, output } },
  });
  // The application itself was started with the launcher's environment.
  const own = launchPlan({ ...common, options: { headless: false } as Parameters<typeof launchPlan>[0]['options'] });
  const { resultFile, ...launch } = benchLaunch(
    {
      executable: '/runtime/electron',
      appPath: '/checkout',
      sandboxed: uid !== 0,
      memoryInTemporaryFolder: elsewhere,
      env: own.env,
      platform,
    },
    REQUEST,
    '/run/result.json',
  );
  expect(launch).toEqual(expected);
  expect(resultFile).toBe('/run/result.json');
});
