import { expect, test } from 'vitest';
import { exampleRecording } from '../../../tests/schema/example-recording';
import type { Incident } from '../incident';
import { statements } from '../verdict-text';
import { endIncidents } from './end-incidents';
import { htmlReport } from './html';
import { type RecordedIncident, recordedIncident } from './told';

function example(): Incident {
  const { how: _, howMessage, ...incident } = structuredClone(exampleRecording([]).incidents[0] as RecordedIncident);
  return { ...incident, how: howMessage };
}

function unfinished(): Incident {
  const incident = example();
  for (const survivor of incident.survivors)
    Object.assign(survivor, { lost: 0, comparison: { kind: 'not-compared', reason: 'watching' } });
  return Object.assign(incident, {
    status: 'collecting',
    verdict: { kind: 'watching' },
    survivorsLost: 0,
    measuredAgainAfterNs: null,
  });
}

test('a verdict that is still awaited is cut short, and says why there is none', () => {
  const [incident] = endIncidents([unfinished()]) as [Incident];
  expect(incident).toMatchObject({
    status: 'cut-short',
    verdict: { kind: 'not-measured', reason: 'recording-ended' },
    survivors: [{ comparison: { kind: 'not-compared', reason: 'recording-ended' } }],
  });
  expect(statements(incident)).toEqual([
    {
      kind: 'not-measured',
      headline: 'Not measured',
      detail: '1 other channel, 0 pings lost; the recording ended within 5 s',
    },
  ]);
});

test('one that is final stays as it is, and the laboratory’s own are left alone', () => {
  const final = example();
  const awaited = unfinished();
  const ended = endIncidents([final, awaited]);
  expect(ended[0]).toEqual(final);
  expect(awaited.status).toBe('collecting');
  expect(awaited.survivors[0]?.comparison).toEqual({ kind: 'not-compared', reason: 'watching' });
});

test('nothing in a report is still to come', () => {
  const html = htmlReport(
    { ...exampleRecording([]), incidents: endIncidents([unfinished()]).map(recordedIncident) },
    { latency: '', percentiles: '' },
  );
  expect(html).not.toMatch(/not yet|so far|Watching|not over/);
  expect(html).toContain('not in this recording');
});
