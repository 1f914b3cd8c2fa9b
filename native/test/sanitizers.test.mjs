// @ts-check
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { run } from './support/runtime.mjs';

const native = fileURLToPath(new URL('..', import.meta.url));
const buildFolder = mkdtempSync(path.join(tmpdir(), 'bh-asan-'));
afterAll(() => rmSync(buildFolder, { recursive: true, force: true }));

const compiler = process.env.CC ?? 'cc';
const sanitize = ['-fsanitize=address,undefined', '-fno-sanitize-recover=all'];
const warnings = ['-Wall', '-Wextra', '-Werror'];
const language = ['-std=c11', '-D_GNU_SOURCE', '-g', '-O1'];

/** Why there is nothing to run: no compiler, or one without its sanitizers' libraries. */
function obstacle() {
  if (process.platform !== 'linux') return 'Linux only';
  const source = path.join(buildFolder, 'empty.c');
  writeFileSync(source, 'int main(void) { return 0; }\n');
  try {
    execFileSync(compiler, [...sanitize, source, '-o', path.join(buildFolder, 'empty')], { stdio: 'pipe' });
    execFileSync(path.join(buildFolder, 'empty'));
    return null;
  } catch (error) {
    return `${compiler} builds no sanitized program here: ${String(/** @type {Error} */ (error).message).split('\n')[0]}`;
  }
}

/** @param {string} part */
const sourcesOf = (part) =>
  readdirSync(path.join(native, 'src', part))
    .filter((name) => name.endsWith('.c'))
    .map((name) => path.join(native, 'src', part, name));

/**
 * @param {string} name
 * @param {readonly string[]} sources
 */
function build(name, sources) {
  const file = path.join(buildFolder, name);
  execFileSync(compiler, [...language, ...warnings, ...sanitize, ...sources, '-lpthread', '-o', file], {
    stdio: 'pipe',
  });
  return file;
}

const reason = obstacle();

describe.skipIf(reason !== null)(
  `under AddressSanitizer and UBSan${reason === null ? '' : ` (skipped: ${reason})`}`,
  () => {
    test('the core: rings, sockets, queue, affinity', { timeout: 180_000 }, async () => {
      const { code, stderr } = await run(
        build('core-test', [...sourcesOf('core'), path.join(native, 'test', 'core-test.c')]),
        [],
        {
          timeoutMs: 150_000,
        },
      );
      expect(stderr).toBe('');
      expect(code).toBe(0);
    });

    test('the floor: every method, and what goes wrong', { timeout: 180_000 }, async () => {
      const floor = build('bulkhead-floor', [...sourcesOf('core'), ...sourcesOf('floor')]);
      const { stdout } = await run(floor, ['--list']);
      for (const { method, available, min_bytes: least } of JSON.parse(stdout).methods) {
        if (!available) continue;
        for (const size of [least, 64, 60_000]) {
          const { code, stderr } = await run(floor, ['--method', method, '--size', String(size), '--count', '50']);
          expect([method, size, stderr, code]).toEqual([method, size, '', 0]);
        }
      }
      expect((await run(floor, ['--method', 'tcp', '--count', '10000000', '--timeout-s', '1'])).stderr).toBe(
        'tcp: The run did not end within its time limit.\n',
      );
      expect((await run(floor, ['--method', 'tcp', '--cpu-a', '1000'])).code).toBe(3);
      expect((await run(floor, ['--method', 'fifo'], { env: { TMPDIR: '/none' } })).code).toBe(1);
    });
  },
);
