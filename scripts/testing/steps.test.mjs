// @ts-check
import { expect, test } from 'vitest';
import { runStep } from './run-step.mjs';
import { chooseSteps, testSteps } from './steps.mjs';

const steps = testSteps('/checkout', {});

test('without names all steps run, in order', () => {
  expect(chooseSteps(steps, [])).toEqual({ steps });
});

test("names choose, and keep the steps' order", () => {
  const chosen = chooseSteps(steps, ['e2e', 'unit']);
  expect('steps' in chosen && chosen.steps.map(({ name }) => name)).toEqual(['unit', 'e2e']);
});

test('an unknown name is an error that lists the known ones', () => {
  expect(chooseSteps(steps, ['units'])).toEqual({
    error: expect.stringMatching(/units.*unit, conformance, routes, e2e/),
  });
});

/** @param {string} code @param {Partial<import("./steps.mjs").TestStep>} [changes] */
function step(code, changes = {}) {
  /** @type {import("./steps.mjs").TestStep} */
  const made = {
    name: 'x',
    title: 'X',
    file: process.execPath,
    args: (report) => ['-e', code, report],
    counting: 'report',
    timeLimitMs: 60_000,
    ...changes,
  };
  return runStep(made, process.cwd());
}
const write = (/** @type {string} */ json) => `require("fs").writeFileSync(process.argv[1], '${json}');`;

test("a runner's report is counted", async () => {
  expect(await step(write('{"passed":3,"failed":0,"skipped":0,"skips":[]}'))).toMatchObject({
    passed: 3,
    failed: 0,
    problem: null,
  });
});

test('a runner that dies after its report has failed', async () => {
  expect(await step(`${write('{"passed":3,"failed":0,"skipped":0,"skips":[]}')} process.exit(3)`)).toMatchObject({
    passed: 3,
    failed: 1,
    problem: 'exit code 3',
  });
});

test('a runner that hangs is ended with its children, and has failed', async () => {
  const hang = 'require("child_process").spawn("sleep", ["600"], { stdio: "inherit" }); setInterval(() => {}, 1e6);';
  expect(await step(hang, { timeLimitMs: 300 })).toMatchObject({
    passed: 0,
    failed: 1,
    problem: expect.stringContaining('took longer'),
  });
});

test('a command without a report counts as one', async () => {
  expect(await step('process.exit(0)', { counting: 'single' })).toMatchObject({ passed: 1, failed: 0 });
  expect(await step('process.exit(1)', { counting: 'single' })).toMatchObject({ passed: 0, failed: 1 });
});
