import { expect, test } from 'vitest';
import { LOAD_DEFAULTS, type LoadForm, loadFormSchema } from './form';

const FORM: LoadForm = {
  ...LOAD_DEFAULTS,
  pace: { kind: 'users', users: 5, spawnRate: 1, waitMs: [200, 900] },
  routes: [{ route: 'nats', mode: 'jetstream' }],
};

test('a form with the defaults is taken', () => {
  expect(loadFormSchema.parse(FORM)).toEqual(FORM);
});

test.each([
  ['no route', { routes: [] }],
  ['a mode of another route', { routes: [{ route: 'http', mode: 'jetstream' }] }],
  ['a route twice', { routes: [FORM.routes[0], { route: 'nats', mode: 'core' }] }],
  ['a wait that ends before it begins', { pace: { kind: 'users', users: 1, spawnRate: 1, waitMs: [900, 200] } }],
  ['more users than there may be', { pace: { kind: 'users', users: 10_001, spawnRate: 1, waitMs: [0, 0] } }],
  ['no rate', { pace: { kind: 'rate', perSecond: 0 } }],
  ['a bound of none', { maxInFlight: 0 }],
  ['something else', { engine: 'other' }],
])('%s is refused', (_what, change) => {
  expect(loadFormSchema.safeParse({ ...FORM, ...change }).success).toBe(false);
});
