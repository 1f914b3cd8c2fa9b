// @ts-check
import process from 'node:process';
import { expect, test } from 'vitest';
import { failureOf, lastLines, runCommand } from './run-command.mjs';

/** @param {string} code @param {import("./run-command.mjs").CommandOptions} [options] */
const run = (code, options) => runCommand(process.execPath, ['-e', code], options);

test('captures both outputs and succeeds', async () => {
  const outcome = await run("console.log('out'); console.error('err')");
  expect(failureOf(outcome)).toBeNull();
  expect(outcome.stdout).toBe('out\n');
  expect(outcome.output).toContain('err');
});

test('a failing exit code is the reason', async () => {
  expect(failureOf(await run('process.exit(3)'))).toBe('exit code 3');
});

test("a command that isn't there is the reason", async () => {
  expect(failureOf(await runCommand('no-such-command-here', []))).toMatch(/could not be started/);
});

test('a time limit ends it', async () => {
  expect(failureOf(await run('setInterval(() => {}, 1e6)', { timeoutMs: 200 }))).toMatch(/took longer/);
});

test('a watcher can end it and is told when it is over', async () => {
  let over = 0;
  const watch = (/** @type {(reason: string) => void} */ stop) => {
    setTimeout(() => stop('it stood still'), 50);
    return () => void (over += 1);
  };
  expect(failureOf(await run('setInterval(() => {}, 1e6)', { watch }))).toBe('it stood still');
  expect(over).toBe(1);
});

test('keeps the last lines only', () => {
  expect(lastLines('a\nb\nc\n', 2)).toBe('b\nc');
});
