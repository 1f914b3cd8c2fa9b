import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { AppUnderTest, launchMeasuring, until } from './support/app';

/** Processes below `pid`, whatever their depth, with their command lines. */
function descendants(pid: number): Array<{ pid: number; command: string }> {
  const all = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((fields) => fields !== null)
    .map(([, own, parent, command]) => ({ pid: Number(own), parent: Number(parent), command: command ?? '' }));
  const below = (of: number): typeof all =>
    all.filter(({ parent }) => parent === of).flatMap((each) => [each, ...below(each.pid)]);
  return below(pid);
}

test('the death of Chromium’s zygote, which takes every page along, is told, and plugins are measured on', async () => {
  const app: AppUnderTest = await launchMeasuring();
  const child = app.electron.process();
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const plugins = await Promise.all(['plugin:echo', 'plugin:digest'].map((id) => app.processPid(id)));
  const zygotes = descendants(app.pid).filter(({ command }) => command.includes('--type=zygote'));
  expect(zygotes.length).toBeGreaterThan(0);
  for (const { pid } of zygotes) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It went with its parent.
    }
  }
  await until(() => {
    for (const site of ['alpha', 'beta', 'gamma']) expect(said).toMatch(new RegExp(`${site}\\.test killed: pid`));
    expect(said).toMatch(/Window killed: pid/);
    expect(said).toMatch(/Window given up: 3 deaths/);
  });
  expect(said.match(/Window given up/g)).toHaveLength(1);
  const alive = descendants(app.pid).map(({ pid }) => pid);
  expect(alive).toEqual(expect.arrayContaining(plugins));
  const gone = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  process.kill(app.pid, 'SIGTERM');
  expect(await gone).toBe(0);
  expect(app.temporaryFiles().filter((name) => name.startsWith('bulkhead-run-'))).toEqual([]);
});
