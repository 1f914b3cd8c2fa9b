// @ts-check
import { createRequire } from 'node:module';
import { describe, test } from 'vitest';
import { missing, runScenario } from './support/runtime.mjs';

const require = createRequire(import.meta.url);

/*
 * Each scenario is a process of the Electron runtime of its own, with peers that are others: an abort, a leak that
 * keeps the loop alive or a hang is a failure of that one.
 */
for (const part of ['channel', 'datagram', 'stream', 'own-wait', 'icmp', 'machine']) {
  describe.skipIf(missing !== null)(`native ${part}${missing === null ? '' : ` (${missing})`}`, () => {
    for (const name of Object.keys(require(`./scenarios/${part}.cjs`)))
      test(name, { timeout: 90_000 }, () => runScenario(`${part}.cjs`, name));
  });
}
