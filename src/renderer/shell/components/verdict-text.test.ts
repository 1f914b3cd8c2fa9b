import { expect, test } from 'vitest';
import type { Incident, SurvivorVerdict } from '../../../shared/incident';
import { againText, latestIncident, lostText, shiftText, survivorsText } from './verdict-text';

function survivor(channelId: string, p50BeforeNs: number | null, p50AfterNs: number | null): SurvivorVerdict {
  return {
    channelId,
    answeredBefore: 100,
    answeredAfter: 100,
    lost: 0,
    p50BeforeNs,
    p50AfterNs,
    p99BeforeNs: null,
    p99AfterNs: null,
  };
}

const incident: Incident = {
  id: 1,
  eventId: 1,
  processId: 'site:a',
  processName: 'alpha.test',
  how: 'crashed (SIGSEGV)',
  atNs: 10e9,
  windowNs: 5e9,
  status: 'final',
  survivors: [
    survivor('a', 90_000, 95_000),
    survivor('b', 60_000, 61_000),
    survivor('c', 200_000, 180_000),
    survivor('d', null, 1),
  ],
  survivorsLost: 0,
  measuredAgainAfterNs: 1.2e9,
};

test('says how the middle survivor moved, and only from those measured on both sides', () => {
  expect(shiftText(incident, 'p50')).toBe('p50 90.0 → 95.0\u202fµs');
  expect(shiftText(incident, 'p99')).toBeNull();
});

test('counts in words', () => {
  expect(survivorsText(incident)).toBe('4 other channels');
  expect(survivorsText({ ...incident, survivors: [] })).toBe('no other channel was measured');
  expect([0, 1, 1234].map(lostText)).toEqual(['0 pings lost', '1 ping lost', '1,234 pings lost']);
  expect(againText(incident)).toBe('measured again after 1.20\u202fs');
  expect(againText({ ...incident, measuredAgainAfterNs: null })).toBe('not measured again so far');
});

test('the latest is the latest in time, wherever it stands', () => {
  expect(latestIncident([])).toBeNull();
  expect(latestIncident([{ ...incident, id: 2, atNs: 30e9 }, incident])?.id).toBe(2);
});
