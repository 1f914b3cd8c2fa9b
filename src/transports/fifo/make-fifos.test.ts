import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';

test.skipIf(process.platform === 'win32')('FIFOs of a mode are made, also with no PATH', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bulkhead-fifos-'));
  vi.stubEnv('PATH', '');
  vi.resetModules();
  try {
    const { makeFifos, makeFifosSync } = await import('./make-fifos');
    const paths = ['a', 'b', 'c'].map((name) => join(folder, name));
    await makeFifos(0o640, paths.slice(0, 2));
    makeFifosSync(0o600, paths.slice(2));
    const found = paths.map((path) => statSync(path));
    expect(found.every((each) => each.isFIFO())).toBe(true);
    expect(found.map(({ mode }) => mode & 0o777)).toEqual([0o640, 0o640, 0o600]);
  } finally {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  }
});
