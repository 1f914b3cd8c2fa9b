// @ts-check
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { readJsonOrNull } from '../lib/files.mjs';
import { failureOf, runCommand } from '../lib/run-command.mjs';
import { reportedResult, singleResult } from './totals.mjs';

/**
 * Runs one step with its output passed through.
 *
 * @param {import("./steps.mjs").TestStep} step
 * @param {string} root
 * @returns {Promise<import("./totals.mjs").StepResult & { problem: string | null }>}
 */
export async function runStep(step, root) {
  const folder = await mkdtemp(path.join(tmpdir(), 'bulkhead-test-'));
  const reportFile = path.join(folder, 'report.json');
  try {
    const outcome = await runCommand(step.file, step.args(reportFile), {
      cwd: root,
      env: { ...process.env, BULKHEAD_TEST_REPORT: reportFile },
      timeoutMs: step.timeLimitMs,
      output: 'inherit',
    });
    const failure = failureOf(outcome);
    switch (step.counting) {
      case 'single':
        return { ...singleResult(failure === null), problem: failure };
      case 'report':
        return reportedResult(readJsonOrNull(reportFile), failure);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
