// @ts-check
import { say } from '../lib/progress.mjs';
import { SetUpError } from '../lib/set-up-error.mjs';
import { exitCodeOf, superviseApp } from './supervise.mjs';

/** A slow and busy machine takes ten seconds; Electron 40 has been seen to hang in the first window for a minute. */
const startLimits = Object.freeze({ windowMs: 30_000, startedMs: 60_000 });

/**
 * Runs the app to its end. One that never came up is no end: it is tried in the
 * next way, if there is one, and else told with what a person can do. Chromium dies
 * without a word where it can't work, and sometimes hangs.
 *
 * @param {readonly import("./plan.mjs").LaunchPlan[]} plans ways to start it, the usual one first
 * @param {string} cwd
 * @param {import("./supervise.mjs").StartLimits} [limits]
 * @returns {Promise<number>} the exit code to end with
 * @throws {SetUpError} when it never came up, for a reason that it has not told itself
 */
export async function startAndFollow(plans, cwd, limits = startLimits) {
  for (const [index, plan] of plans.entries()) {
    const end = await superviseApp(plan, cwd, limits);
    if (end.reached === 'started' || end.asked) return exitCodeOf(end);
    // An exit code with words is the app's own, and so is the advice that goes with it.
    if (!end.overdue && end.signal === null && (end.spoke || end.code === 0)) return exitCodeOf(end);
    const what = describe(end, limits);
    if (index < plans.length - 1 && end.reached === 'nothing') {
      say(`${what} Starting it in another way.`);
      continue;
    }
    throw new SetUpError(what, {
      nextStep: `What it said stands above. Chromium says more with: bin/bulkhead run -- --enable-logging. If the runtime is damaged: npm run setup -- --refresh-runtime`,
    });
  }
  throw new Error('there is no way to start the app');
}

/**
 * @param {import("./supervise.mjs").AppEnd} end
 * @param {import("./supervise.mjs").StartLimits} limits
 */
function describe({ code, signal, reached, overdue }, limits) {
  const before = reached === 'nothing' ? 'before it had made its window' : 'before it had come up';
  if (!overdue) return `It ended ${before} (${signal === null ? `exit code ${code}` : `killed by ${signal}`}).`;
  return reached === 'nothing'
    ? `It had not made its window after ${limits.windowMs / 1000} s, so it was ended.`
    : `It had not come up after ${limits.startedMs / 1000} s, so it was ended.`;
}
