import { expect, test } from 'vitest';
import { benchFormSchema } from '../../../../shared/bench-window/form';
import type { BenchMethod } from '../../../../shared/bench-window/view';
import { type BenchDraft, FIRST_DRAFT, readDraft, refusalWords } from './bench-draft';

const METHODS: BenchMethod[] = [
  { id: 'message-port', title: 'Message port', maxPayloadBytes: 1024 * 1024, unavailable: null },
  { id: 'unix-dgram', title: 'Unix datagram', maxPayloadBytes: 1024, unavailable: 'No addon.' },
  { id: 'fifo', title: 'Named pipe', maxPayloadBytes: 1024 * 1024, unavailable: null },
];
const read = (patch: Partial<BenchDraft>) => readDraft({ ...FIRST_DRAFT, ...patch }, METHODS);
const refusals = (patch: Partial<BenchDraft>) => {
  const result = read(patch);
  return result.kind === 'refused' ? result.refusals : {};
};

test('the first draft is right, and leaves out what can not be had', () => {
  expect(read({})).toEqual({
    kind: 'form',
    form: {
      methods: ['message-port', 'fifo'],
      allRoutes: false,
      sizes: [64],
      placement: 'free',
      io: 'native',
      thread: 'main',
      mode: { kind: 'closed', cycles: 10_000 },
      rounds: 3,
      warmup: 1000,
      timeoutMs: 2000,
      floor: true,
      anatomy: false,
      keepLive: false,
    },
  });
});

test('what the form lets through, the browser process takes', () => {
  for (const patch of [{}, { mode: 'open', rate: '10000', duration: '.5' } as const, { sizes: '0, 1 MiB' }]) {
    const result = read(patch);
    expect(result.kind === 'form' && benchFormSchema.safeParse(result.form).success).toBe(true);
  }
});

test.each([
  ['cycles', '', 'A whole number, 1 to 5,000,000'],
  ['cycles', 'many', 'A whole number, 1 to 5,000,000'],
  ['cycles', '1.5', 'A whole number, 1 to 5,000,000'],
  ['cycles', '0', 'At least 1'],
  ['cycles', '5,000,001', 'At most 5,000,000'],
  ['rounds', '101', 'At most 100'],
  ['warmup', '-1', 'A whole number, 0 to 5,000,000'],
  ['timeout', '9', 'At least 10'],
  ['sizes', '64, big', '“big” is no size. 64 B, 1 KiB and 1 MiB are.'],
] as const)('%s “%s” is refused in words', (field, text, words) => {
  expect(refusals({ [field]: text })).toEqual({ [field]: words });
});

test('fields of the other mode are not looked at', () => {
  expect(read({ cycles: 'x', mode: 'open' }).kind).toBe('form');
  expect(read({ rate: 'x', duration: 'x', mode: 'closed' }).kind).toBe('form');
  expect(refusals({ mode: 'open', rate: 'x', duration: '0' })).toEqual({
    rate: 'A whole number, 1 to 10,000',
    duration: 'At least 0.1',
  });
});

test('rate times duration is bounded', () => {
  expect(refusals({ mode: 'open', rate: '10000', duration: '501' })).toEqual({
    duration: 'At most 5,000,000 messages in all',
  });
});

test('no method at all, or only ones that can not be had', () => {
  expect(refusals({ methods: new Set() })).toEqual({ methods: 'Choose at least one.' });
  expect(refusals({ methods: new Set(['unix-dgram'] as const) })).toEqual({ methods: 'Choose at least one.' });
});

test('what is wrong is said with the name of its field, and the others are named', () => {
  expect(refusalWords(refusals({ warmup: '-1' }))).toBe('Warm-up: A whole number, 0 to 5,000,000.');
  expect(refusalWords(refusals({ timeout: 'x', sizes: '', methods: new Set() }))).toBe(
    'Methods: Choose at least one. Also Payload, Lost after.',
  );
});
