import { describe, expect, test } from 'vitest';
import { exampleRecording } from '../../tests/schema/example-recording';
import type { Incident, SurvivorVerdict, Verdict } from './incident';
import {
  againText,
  changesText,
  latestIncident,
  lostText,
  medianChangeNs,
  startText,
  statements,
} from './verdict-text';

const [incident] = exampleRecording([]).incidents.map(({ howMessage: how, ...rest }) => ({ ...rest, how })) as [
  Incident,
];
const [survivor] = incident.survivors as [SurvivorVerdict];

const named = (label: string, changes: Partial<SurvivorVerdict> = {}): SurvivorVerdict => ({
  ...survivor,
  channelId: label,
  label,
  lost: 0,
  ...changes,
});

function about(verdict: Verdict, survivors = [named('echo'), named('beta.test')]): Incident {
  return { ...incident, verdict, survivors, survivorsLost: survivors.reduce((sum, { lost }) => sum + lost, 0) };
}

const steady: Verdict = { kind: 'steady', channels: 2, comparisons: 30 };
const slower = (label: string, changeNs: number) => ({ channelId: label, label, percentile: 'p99', changeNs }) as const;

describe('a verdict in words', () => {
  test('says that nobody noticed', () => {
    expect(statements(about(steady))).toEqual([
      {
        kind: 'steady',
        headline: 'Nobody noticed',
        detail: '2 other channels: no ping lost, no more change than usual',
      },
    ]);
  });

  test('says of how many that holds, where not all could be compared', () => {
    const [statement] = statements(about({ ...steady, channels: 1 }));
    expect(statement?.detail).toMatch(/^1 of 2 other channels:/);
  });

  test('says who became slower, the worst by name, and by how much', () => {
    const of = (...all: ReturnType<typeof slower>[]) =>
      statements(about({ kind: 'slowed', slower: all, channels: 2, comparisons: 30 }));
    expect(of(slower('echo', 1_800_000))).toEqual([
      { kind: 'slowed', headline: 'Slower: echo, p99 +1.80\u202fms', detail: 'more than it varies by itself' },
    ]);
    expect(of(slower('echo', 1_800_000), slower('beta.test', 900_000))[0]).toMatchObject({
      headline: 'Slower: echo, p99 +1.80\u202fms, and 1 more',
      detail: 'more than they vary by themselves',
    });
  });

  test('puts what was lost first, and by whom, and never says then that nobody noticed', () => {
    const lossy = [named('echo', { lost: 2 }), named('beta.test', { lost: 1200 }), named('gamma.test')];
    const said = statements(about(steady, lossy));
    expect(said.map(({ kind, headline }) => [kind, headline])).toEqual([
      ['lost', '1,202 pings lost'],
      ['steady', 'Nobody slower'],
    ]);
    expect(said[0]?.detail).toBe('beta.test 1,200, echo 2');
  });

  test.each([
    ['no-survivors', 'Not measured', /no other channel/],
    ['few-pings', 'Not measured', /fewer than 20 pings/],
    ['own-incident', 'Not measured', /its own process/],
    ['short-history', 'No ping lost', /less than 100 s without an incident so far/],
    ['other-incident', 'No ping lost', /another incident/],
    ['launch', 'No ping lost', /launched within 5 s/],
    ['settings-changed', 'No ping lost', /settings changed/],
  ] as const)('says of %s that it is not measured, and why', (reason, headline, why) => {
    const [statement] = statements(about({ kind: 'not-measured', reason }));
    expect(statement).toMatchObject({ kind: 'not-measured', headline });
    expect(statement?.detail).toMatch(why);
  });

  test('says what was lost once, and of nobody that nothing was lost', () => {
    const reason = { kind: 'not-measured', reason: 'settings-changed' } as const;
    expect(statements(about(reason, [named('echo', { lost: 3 })]))[1]?.detail).toBe('settings changed within 5 s');
    expect(statements(about(reason))[0]?.detail).toBe(
      'by 2 other channels; speed not compared: settings changed within 5 s',
    );
    expect(statements(about({ kind: 'not-measured', reason: 'no-survivors' }, []))[0]?.detail).toBe(
      'no other channel was measured',
    );
  });

  test('says what was lost so far while it is watched', () => {
    const [, watching] = statements(about({ kind: 'watching' }, [named('echo', { lost: 1 })]));
    expect(watching).toEqual({
      kind: 'watching',
      headline: 'Watching the others',
      detail: '1 other channel, 1 ping lost so far',
    });
  });
});

test("the change is the median of each channel's own, not of one's before and another's after", () => {
  const moved = (label: string, p50BeforeNs: number | null, p50AfterNs: number | null) =>
    named(label, { p50BeforeNs, p50AfterNs, p99BeforeNs: null, p99AfterNs: null });
  // The median before is 800 and the median after 900: of these the arrow was once drawn.
  const survivors = [moved('a', 700, 740), moved('b', 800, 843), moved('c', 860, 905), moved('d', null, 5000)];
  const changed = about(steady, survivors);
  expect(medianChangeNs(changed, 'p50')).toBe(43);
  expect(medianChangeNs(changed, 'p99')).toBeNull();
  expect(changesText(changed)).toBe('p50 +43\u202fns, p99 –');
  expect(changesText(about(steady, [moved('d', null, 5000)]))).toBeNull();
});

test('says when it began, and how that is known', () => {
  expect(startText({ ...incident, startKnownFrom: 'heartbeat', noticedNs: incident.atNs + 8e8 })).toBe(
    'counted from its first unanswered heartbeat, noticed 800\u202fms later',
  );
  expect(startText({ ...incident, startKnownFrom: 'request', noticedNs: incident.atNs + 2e6 })).toMatch(
    /asked for.*2\.00/,
  );
  expect(startText(incident)).toBe('counted from when it was noticed');
});

test('counts in words', () => {
  expect([0, 1, 1234].map(lostText)).toEqual(['0 pings lost', '1 ping lost', '1,234 pings lost']);
  expect(againText(incident)).toBe('measured again after 1.25\u202fs');
  expect(againText({ ...incident, measuredAgainAfterNs: null })).toBe('not measured again so far');
});

test('the latest is the one noticed last, wherever it stands', () => {
  expect(latestIncident([])).toBeNull();
  expect(latestIncident([{ ...incident, id: 2, noticedNs: 90e9 }, incident])?.id).toBe(2);
});
