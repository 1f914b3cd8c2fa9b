import { expect, test } from 'vitest';
import type { Threshold } from '../shared/bench/request';
import { TRANSPORT_IDS } from '../shared/transport-catalog';
import { chooseMethods } from './methods';

const limitOn = (method: string) => ({ text: `${method}.p50<1s`, method }) as Threshold;

function choose(methods: string[] | null, routes: string[] | null, thresholds: Threshold[] = []) {
  const chosen = chooseMethods({ methods, routes, thresholds, placement: 'free', thread: 'main' });
  return 'error' in chosen ? chosen.error : chosen.methods.map(({ id, routes }) => `${id} ${routes.join('+')}`);
}

test('a full run is every method on all of its routes', () => {
  const all = choose(null, null);
  expect(all).toHaveLength(TRANSPORT_IDS.length);
  expect(all).toContain('message-port plugin-plugin+plugin-renderer+browser-plugin+browser-renderer');
});

test('a method that is named is measured on its main route, or on those that are named too', () => {
  expect(choose(['message-port', 'utility-post'], null)).toEqual([
    'message-port plugin-plugin',
    'utility-post plugin-browser',
  ]);
  expect(choose(['message-port', 'ipc-invoke'], ['browser-renderer'])).toEqual([
    'message-port browser-renderer',
    'ipc-invoke browser-renderer',
  ]);
  expect(choose(['fifo', 'fifo'], ['all'])).toEqual(['fifo plugin-plugin']);
});

test('two cores are refused where there is one process', () => {
  const chosen = chooseMethods({
    methods: ['icmp'],
    routes: null,
    thresholds: [],
    placement: 'cross-core',
    thread: 'main',
  });
  expect(chosen).toMatchObject({
    methods: [{ id: 'icmp', routes: ['plugin-kernel'], unavailable: expect.any(String) }],
  });
});

test('a route without methods is for those that have it', () => {
  expect(choose(null, ['browser-renderer'])).toEqual(['message-port browser-renderer', 'ipc-invoke browser-renderer']);
});

test.each([
  [['smoke'], null, [], 'There is no method “smoke”'],
  [['fifo'], ['there-and-back'], [], 'There is no route “there-and-back”. There are: plugin-plugin, '],
  [['fifo'], ['toString'], [], 'There is no route “toString”'],
  [['fifo'], ['browser-renderer'], [], 'The method fifo has no route browser-renderer. It has: plugin-plugin.'],
  [['message-port', 'fifo'], ['plugin-renderer'], [], 'The method fifo has no route plugin-renderer'],
  [['fifo'], null, [limitOn('tcp')], 'that --method leaves out'],
  [null, ['browser-renderer'], [limitOn('fifo')], 'that --route leaves out'],
])('%j on %j, thresholds %j: %s', (methods, routes, thresholds, words) => {
  expect(choose(methods, routes, thresholds)).toContain(words);
});

test('in a worker thread what has its end in the main one is refused, with words, and the rest is measured', () => {
  const chosen = chooseMethods({
    methods: ['fifo', 'message-port', 'unix-dgram'],
    routes: null,
    thresholds: [],
    placement: 'free',
    thread: 'worker',
  });
  const refused = 'methods' in chosen ? chosen.methods.map(({ id, unavailable }) => [id, unavailable !== null]) : [];
  expect(refused).toEqual([
    ['fifo', false],
    ['message-port', true],
    ['unix-dgram', true],
  ]);
});
