import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bulkhead-test-'));
  await build({
    configFile: false,
    logLevel: 'silent',
    build: { ssr: join(import.meta.dirname, 'own-process.ts'), outDir: folder, emptyOutDir: false },
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs `code` in a process that does to rejections what a utility process of Electron 37 and later does: nothing. */
function run(code: string) {
  const script = `
    import { onUncaught, keepInspectorShut } from ${JSON.stringify(join(folder, 'own-process.js'))};
    onUncaught((error) => { console.log('reported: ' + error.message); process.exit(1); });
    ${code}
    setTimeout(() => console.log('went on'), 50);`;
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--unhandled-rejections=warn', '--input-type=module', '--eval', script],
    { encoding: 'utf8' },
  );
  return { stdout: stdout.trim(), inspected: stderr.includes('Debugger'), status };
}

test.each([
  ['a rejection that nobody handles', `Promise.reject(new Error('late'));`],
  ['an exception that nobody catches', `setTimeout(() => { throw new Error('late'); });`],
])('%s ends the process, whatever its runtime would do', (_what, code) => {
  expect(run(code)).toEqual({ stdout: 'reported: late', inspected: false, status: 1 });
});

test('one with nothing wrong goes on, also after a SIGUSR1', () => {
  const code = `keepInspectorShut(); process.kill(process.pid, 'SIGUSR1');`;
  expect(run(code)).toEqual({ stdout: 'went on', inspected: false, status: 0 });
});
