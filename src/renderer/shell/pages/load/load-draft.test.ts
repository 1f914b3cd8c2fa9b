import { expect, test } from 'vitest';
import { loadFormSchema } from '../../../../shared/load/form';
import type { LoadRouteView } from '../../../../shared/load/view';
import { FIRST_DRAFT, type LoadDraft, readDraft, refusalWords } from './load-draft';
import { isSet, PRESETS } from './presets';

const VIEWS: Array<Pick<LoadRouteView, 'route'>> = [{ route: 'http' }, { route: 'grpc' }];
const read = (patch: Partial<LoadDraft>) => readDraft({ ...FIRST_DRAFT, ...patch }, VIEWS);
const refusals = (patch: Partial<LoadDraft>) => {
  const result = read(patch);
  return result.kind === 'refused' ? result.refusals : {};
};

test('the first draft is right, and asks for every route that there is', () => {
  expect(read({})).toEqual({
    kind: 'form',
    form: {
      routes: [
        { route: 'http', mode: 'direct' },
        { route: 'grpc', mode: 'unary' },
      ],
      pace: { kind: 'users', users: 50, spawnRate: 10, waitMs: [200, 900] },
      distribute: 'all',
      loop: false,
      durationS: null,
      file: null,
      maxInFlight: 500,
    },
  });
});

test('what the form lets through, the browser process takes', () => {
  const file = { path: '/tmp/traffic.json', records: 3, bad: { count: 0, first: [] } };
  for (const patch of [
    {},
    { pace: 'rate', duration: '.5' } as const,
    { file },
    ...PRESETS.map(({ fields }) => fields),
  ]) {
    const result = read(patch);
    expect(result.kind === 'form' && loadFormSchema.safeParse(result.form).success).toBe(true);
  }
});

test.each([
  ['users', '0', 'At least 1'],
  ['users', '1.5', 'A whole number, 1 to 10,000'],
  ['spawnRate', '', 'A number, 0.1 to 10,000'],
  ['waitTo', '601', 'At most 600'],
  ['waitTo', '0.1', 'Not less than “Wait from”'],
  ['duration', 'long', 'A number, 0.001 to 86,400'],
  ['maxInFlight', '10,001', 'At most 10,000'],
] as const)('%s “%s” is refused in words', (field, text, words) => {
  expect(refusals({ [field]: text })).toEqual({ [field]: words });
});

test('fields of the other pace are not looked at', () => {
  expect(read({ users: 'x', waitFrom: 'x', pace: 'rate' }).kind).toBe('form');
  expect(read({ rate: 'x' }).kind).toBe('form');
  expect(refusals({ pace: 'rate', rate: 'x' })).toEqual({ rate: 'A number, 0.1 to 100,000' });
});

test('no route at all', () => {
  const none = Object.fromEntries(
    Object.entries(FIRST_DRAFT.routes).map(([id, { mode }]) => [id, { chosen: false, mode }]),
  ) as LoadDraft['routes'];
  expect(refusals({ routes: none })).toEqual({ routes: 'Choose at least one.' });
});

test('what is wrong is said with the name of its field, and the others are named', () => {
  expect(refusalWords(refusals({ users: 'x', duration: '0', maxInFlight: '' }))).toBe(
    'Users: A whole number, 1 to 10,000. Also Duration, In flight.',
  );
});

test('a preset is marked as long as the form has what it sets', () => {
  const [preset] = PRESETS;
  expect(PRESETS.filter((each) => isSet(each, { ...FIRST_DRAFT, ...preset?.fields }))).toEqual([preset]);
});
