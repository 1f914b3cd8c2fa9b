import { expect, test } from 'vitest';
import type { LoadResultRoute } from '../../../../../shared/load/result';
import { modeOf, type RouteId, type RoutePromise } from '../../../../../shared/routes/route-catalog';
import { keptOf, promiseWords } from './promise-words';

const promiseOf = (route: RouteId, mode: string) => modeOf(route, mode)?.promise as RoutePromise;
const CORE = promiseOf('nats', 'core');
const RABBIT = promiseOf('rabbitmq', 'confirmed');

test('what is promised is what the catalogue says', () => {
  expect(promiseWords(CORE)).toBe('Promises at most once.');
  expect(promiseWords(RABBIT)).toBe('Promises at least once, also when its server dies.');
});

test.each([
  ['kept', CORE, {}],
  ['allowed', CORE, { lost: 12, kept: false }],
  ['broken', CORE, { duplicated: 1 }],
  ['kept', RABBIT, { duplicated: 3, refused: 40 }],
  ['broken', RABBIT, { lost: 1, kept: false }],
  ['nothing', RABBIT, { accepted: 0, kept: null }],
  ['open', RABBIT, { kept: null, lost: 5 }],
  ['away', RABBIT, { accepted: 0, kept: null, unavailable: 'It is not installed.' }],
] as const)('%s: %o with %o', (kept, promise, patch) => {
  const row = { accepted: 1000, duplicated: 0, refused: 0, lost: 0, kept: true, unavailable: null, promise, ...patch };
  expect(keptOf(row as unknown as LoadResultRoute)).toBe(kept);
});
