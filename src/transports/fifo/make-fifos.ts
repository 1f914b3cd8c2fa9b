import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Node.js makes no FIFOs, and a `PATH` may be empty or somebody's own. */
const env = { ...process.env, PATH: [process.env['PATH'], '/usr/bin', '/bin'].filter(Boolean).join(':') };

export async function makeFifos(mode: number, paths: readonly string[]): Promise<void> {
  await run('mkfifo', ['-m', mode.toString(8), ...paths], { env });
}

export function makeFifosSync(mode: number, paths: readonly string[]): void {
  execFileSync('mkfifo', ['-m', mode.toString(8), ...paths], { env, stdio: ['ignore', 'ignore', 'pipe'] });
}
