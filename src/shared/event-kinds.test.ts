import { expect, test } from 'vitest';
import { EVENT_KIND_NAMES, EVENT_KINDS } from './event-kinds';
import { recordingSchema } from './recording/schema';
import { TERMINATION_REASON_NAMES, TERMINATION_REASONS } from './termination';

const { kind } = recordingSchema.shape.events.element.shape;

test.each(EVENT_KIND_NAMES)('%s: a recording may have it, and its short word fits at a marker', (name) => {
  expect(kind.safeParse(name).success).toBe(true);
  expect(EVENT_KINDS[name].short.length).toBeLessThanOrEqual(10);
});

test.each(TERMINATION_REASON_NAMES)('the end by %s is an event that counts as a death, and is marked', (reason) => {
  const { event } = TERMINATION_REASONS[reason];
  expect(EVENT_KINDS[event]).toMatchObject({ verdict: 'death', marked: true });
});
