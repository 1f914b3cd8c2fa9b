import type { BenchOutput, BenchRequest } from '../../shared/bench/request';

/** The descriptors that the benchmark finds its lifeline and the pipe for its progress under. */
export const LIFELINE_FD = 3;
export const PROGRESS_FD = 4;

export interface BenchLaunch {
  executable: string;
  args: string[];
  /** The whole environment. */
  env: NodeJS.ProcessEnv;
  /** Where the result will be. */
  resultFile: string;
}

export interface LaunchFacts {
  /** The runtime that this application runs on. */
  executable: string;
  /** The application's own folder. */
  appPath: string;
  sandboxed: boolean;
  /** The launcher found no room in /dev/shm. */
  memoryInTemporaryFolder: boolean;
  env: NodeJS.ProcessEnv;
  platform: NodeJS.Platform;
}

/**
 * How the benchmark is started: as the launcher starts `bulkhead bench` (`scripts/launch/plan.mjs`; a test holds the two
 * together), so that the window and the command line measure with one program.
 */
export function benchLaunch(
  { executable, appPath, sandboxed, memoryInTemporaryFolder, env, platform }: LaunchFacts,
  request: BenchRequest,
  resultFile: string,
): BenchLaunch {
  const switches: string[] = [];
  if (platform === 'linux' && !sandboxed) switches.push('--no-sandbox');
  if (platform === 'linux') switches.push('--ozone-platform=headless', '--disable-gpu');
  if (memoryInTemporaryFolder) switches.push('--disable-dev-shm-usage');
  const output: BenchOutput = {
    json: resultFile,
    csv: null,
    hgrm: null,
    html: null,
    trace: traceFileOf(resultFile),
    progress: { descriptor: PROGRESS_FD },
  };
  const benchEnv: NodeJS.ProcessEnv = {
    ...env,
    BULKHEAD_OPTIONS: JSON.stringify({ headless: true, command: 'bench', bench: { request, output } }),
    BULKHEAD_LIFELINE_FD: String(LIFELINE_FD),
  };
  delete benchEnv['ELECTRON_RUN_AS_NODE'];
  return { executable, args: [...switches, appPath], env: benchEnv, resultFile };
}

/** Where the trace of a run lies until the next one: a result has no single pings. */
export function traceFileOf(resultFile: string): string {
  return resultFile.replace(/\.json$/, '.trace.json');
}
