import { expect, test } from 'vitest';
import type { LoadCounts } from '../../../../../shared/load/view';
import { modeOf, type RouteId, type RoutePromise } from '../../../../../shared/routes/route-catalog';
import { keptOf, keptWords, promiseWords } from './promise-words';

const promiseOf = (route: RouteId, mode: string) => modeOf(route, mode)?.promise as RoutePromise;
const CORE = promiseOf('nats', 'core');
const RABBIT = promiseOf('rabbitmq', 'confirmed');
const counts = (patch: Partial<LoadCounts>): LoadCounts => ({
  sent: 1000,
  accepted: 1000,
  delivered: 1000,
  duplicated: 0,
  refused: 0,
  failed: 0,
  lost: 0,
  inFlight: 0,
  ...patch,
});

test('what is promised is what the catalogue says', () => {
  expect(promiseWords(CORE)).toBe('Promises at most once.');
  expect(promiseWords(RABBIT)).toBe('Promises at least once, also when its server dies.');
});

test.each([
  [CORE, {}, 'kept', 'All 1,000 accepted messages arrived.'],
  [CORE, { delivered: 988, lost: 12 }, 'allowed', 'Of 1,000 accepted messages 12 were lost, which the promise allows.'],
  [
    CORE,
    { delivered: 999, duplicated: 1 },
    'broken',
    'All 1,000 accepted messages arrived. 1 arrived more than once, which breaks the promise.',
  ],
  [
    RABBIT,
    { accepted: 960, delivered: 957, duplicated: 3, refused: 39, failed: 1 },
    'kept',
    'All 960 accepted messages arrived. 3 arrived more than once, which the promise allows. 39 were refused and 1 failed, and the sender was told.',
  ],
  [RABBIT, { delivered: 999, lost: 1 }, 'broken', 'Of 1,000 accepted messages 1 was lost, which breaks the promise.'],
  [
    RABBIT,
    { accepted: 0, delivered: 0, refused: 1000 },
    'nothing',
    'It accepted none of the 1,000 messages. 1,000 were refused, and the sender was told.',
  ],
] as const)('%o with %o is %s', (promise, patch, kept, words) => {
  expect(keptOf(promise, counts(patch))).toBe(kept);
  expect(keptWords(promise, counts(patch))).toBe(words);
});

test('nothing is said before it is over', () => {
  expect(keptOf(RABBIT, counts({ lost: null }))).toBe('running');
  expect(keptWords(RABBIT, counts({ lost: null }))).toBe('');
});
