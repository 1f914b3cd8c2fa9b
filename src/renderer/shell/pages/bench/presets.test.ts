import { expect, test } from 'vitest';
import { LEAST_SAMPLES } from '../../../../shared/bench/answer';
import { LEAST_ROUNDS } from '../../../../shared/bench/compare';
import { FIRST_DRAFT, readDraft } from './bench-draft';
import { isSet, PRESETS } from './presets';

const METHODS = [{ id: 'fifo', title: 'Named pipe', maxPayloadBytes: 1024 * 1024, unavailable: null }] as const;

test.each(PRESETS)('$label is a right form, and measures enough for an answer', (preset) => {
  const read = readDraft({ ...FIRST_DRAFT, ...preset.fields }, METHODS);
  if (read.kind !== 'form') throw new Error(JSON.stringify(read.refusals));
  const { mode, rounds } = read.form;
  expect(rounds).toBeGreaterThanOrEqual(LEAST_ROUNDS);
  expect(mode.kind === 'closed' ? mode.cycles : mode.ratePerSecond * mode.durationS).toBeGreaterThanOrEqual(
    LEAST_SAMPLES,
  );
});

test('a preset shows as set until one of its fields is changed', () => {
  for (const preset of PRESETS) {
    const draft = { ...FIRST_DRAFT, ...preset.fields };
    expect(PRESETS.filter((other) => isSet(other, draft))).toEqual([preset]);
    expect(isSet(preset, { ...draft, rounds: '4' })).toBe(false);
    expect(isSet(preset, { ...draft, placement: 'same-core' })).toBe(true);
  }
});
