import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { atPaths, atPorts } from '../../scripts/launch/plain-options.mjs';
import { usage } from '../../scripts/launch/usage.mjs';
import { SERVED_TRANSPORTS, TRANSPORT_IDS, TRANSPORTS } from '../../src/shared/transport-catalog';

// The launcher reads its arguments before anything is built, so it has lists of its own.

test('serve and ping take the methods that the catalogue says can be served, where it says', () => {
  const at = (place: string) => SERVED_TRANSPORTS.filter((id) => TRANSPORTS[id].serve === place);
  expect(atPaths).toEqual(at('path'));
  expect(atPorts).toEqual(at('port'));
});

test('the usage of serve names them all', () => {
  for (const id of SERVED_TRANSPORTS) expect(usage.serve).toContain(id);
});

test('every floor of the catalogue is a method of bulkhead-floor, and each of its methods is one', () => {
  const source = readFileSync(join(import.meta.dirname, '../../native/src/floor/methods.c'), 'utf8');
  const methods = [...source.matchAll(/^ {4}\{"([\w-]+)",/gm)].map(([, name]) => name);
  const floors = TRANSPORT_IDS.flatMap((id) => TRANSPORTS[id].floor ?? []);
  expect(methods.toSorted()).toEqual([...new Set(floors)].toSorted());
});
