import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import type { BenchRun } from '../../../../../shared/bench/schema';
import { LIGHT_CHART } from '../../../charts/chart-theme';
import { resultLines } from './result-lines';
import { RunTable } from './run-table';
import { madeRun, oldRun, unavailableRun } from '../../../../../shared/bench/made-runs';

function markup(
  runs: BenchRun[],
  hidden: (ids: string[]) => string[] = () => [],
  groupOf: (run: BenchRun) => string | null = () => null,
  unfinished = false,
): string {
  const lines = resultLines(runs, LIGHT_CHART);
  const nothing = (): void => undefined;
  return renderToStaticMarkup(
    <RunTable
      lines={lines}
      unfinished={unfinished}
      groupOf={groupOf}
      sorting={{ column: 'p50', descending: true }}
      hidden={new Set(hidden(lines.map(({ id }) => id)))}
      highlighted={null}
      onSort={nothing}
      onToggle={nothing}
      onIsolate={nothing}
      onHighlight={nothing}
    />,
  );
}

test('a run that could not be measured says why in its row, and has nothing to show or hide', () => {
  const html = markup([unavailableRun('No <addon>.')]);
  expect(html).toContain('No &lt;addon&gt;.');
  expect(html).not.toContain('aria-pressed');
});

test('pings that nobody answered', () => {
  expect(markup([madeRun(1, { rtt_ns: null, lost: 40 })])).toContain('No ping was answered: 40 lost, 0 not sent.');
});

test('a saturated run is marked, and so is what it did not send', () => {
  const html = markup([madeRun(1, { saturated: true, skipped: 1234 }), madeRun(2)]);
  expect(html.match(/overload</g)).toHaveLength(1);
  expect(html).toMatch(/data-column="skipped" class="is-bad">1,234</);
});

test('notes have rows of their own; floors that are missing share one for each reason', () => {
  const run = madeRun(1);
  const detail = { ...run.detail, notes: ['It was interrupted.'], floor_unavailable: 'No addon.' } as typeof run.detail;
  const html = markup([
    { ...run, detail, floor_ns: null },
    { ...run, detail, floor_ns: null, method: 'tcp' },
  ]);
  expect(html.match(/It was interrupted\./g)).toHaveLength(2);
  expect(html.match(/No floor for Named pipe, TCP: No addon\./g)).toHaveLength(1);
});

test('of a handful of runs all notes are open, of many each takes one line', () => {
  const noted = (run: BenchRun) => ({ ...run, detail: { ...run.detail, notes: ['Long.'] } as typeof run.detail });
  const runs = Array.from({ length: 5 }, (_, i) =>
    noted(madeRun(1, { method: ['tcp', 'udp', 'fifo', 'file', 'icmp'][i] ?? '' })),
  );
  expect(markup(runs.slice(0, 4)).match(/<details[^>]*open/g)).toHaveLength(4);
  const many = markup(runs);
  expect(many.match(/<summary>Long\./g)).toHaveLength(5);
  expect(many).not.toMatch(/<details[^>]*open/);
});

test('what is hidden and what is sorted by is told to those who do not see it', () => {
  const html = markup([madeRun(1), madeRun(2, { method: 'tcp' })], ([first = '']) => [first]);
  expect(html.match(/aria-pressed="(true|false)"/g)).toEqual(['aria-pressed="false"', 'aria-pressed="true"']);
  expect(html).toMatch(/data-column="p50" aria-sort="descending"/);
});

test('a run saved without its distribution is marked', () => {
  expect(markup([oldRun(1)])).toContain('Named pipe *');
});

test('a head over each group', () => {
  const runs = [madeRun(1), madeRun(2), madeRun(3, { size: 1024 })];
  const html = markup(runs, undefined, ({ size }) => `${size} bytes`);
  expect(html.match(/scope="rowgroup"[^>]*><span>[^<]*/g)?.map((head) => head.replace(/.*>/, ''))).toEqual([
    '64 bytes',
    '1024 bytes',
  ]);
});

test('while it grows every row says how many rounds are in it, and one without any has its place', () => {
  const made = madeRun(1);
  const pending = { ...made, method: 'tcp', rtt_ns: null, detail: null };
  const html = markup(
    [{ ...made, rounds: 5 }, pending, { ...made, rounds: 3, method: 'udp' }],
    undefined,
    undefined,
    true,
  );
  expect(html.match(/\d of \d rounds/g)).toEqual(['3 of 5 rounds', '0 of 2 rounds', '3 of 3 rounds']);
  expect(html.match(/data-complete="true"/g)).toHaveLength(1);
  expect(html.match(/title="No figures yet"/g)?.length).toBeGreaterThan(5);
  expect(markup([made])).not.toContain('data-complete');
});
