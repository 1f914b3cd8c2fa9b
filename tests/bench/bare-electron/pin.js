// @ts-check
import { execFileSync } from 'node:child_process';

/** Every thread of this process, as the benchmark does it. */
export function pin(/** @type {number[] | null} */ cpus) {
  if (cpus !== null)
    execFileSync('taskset', ['--all-tasks', '--pid', '--cpu-list', cpus.join(','), String(process.pid)]);
}
