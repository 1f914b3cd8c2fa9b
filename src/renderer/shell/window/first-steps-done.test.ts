import { expect, test } from 'vitest';
import type { LabEvent } from '../../../shared/events';
import type { Snapshot } from '../../../shared/snapshot';
import { useShell, type ShellState } from '../store/shell-store';
import { newlyDone } from './first-steps-done';

const first = useShell.getInitialState();
const withEvents = (...events: Partial<LabEvent>[]): ShellState => ({
  ...first,
  snapshot: { events: events.map((event, index) => ({ id: index + 1, ...event })) } as Snapshot,
});
const killed = (requested: boolean, signal: string | null = 'SIGKILL'): Partial<LabEvent> => ({
  kind: 'kill',
  processId: 'plugin:echo',
  termination: { reason: 'killed', exitCode: null, signal, pid: 1, uptimeMs: 1, atMs: 1, requested },
});

test.each<[string, Partial<LabEvent>, string[]]>([
  ['a site’s renderer crashed', { kind: 'crash', processId: 'site:bulkhead://alpha.test' }, ['crash']],
  ['a plugin crashed', { kind: 'crash', processId: 'plugin:echo' }, []],
  ['killed from outside', killed(false), ['kill']],
  ['killed by the button', killed(true), []],
  ['a plugin hangs', { kind: 'unresponsive', processId: 'plugin:echo' }, ['hang']],
  ['a site hangs', { kind: 'unresponsive', processId: 'site:bulkhead://alpha.test' }, []],
])('%s', (_, event, steps) => {
  expect(newlyDone(withEvents(event), withEvents())).toEqual(steps);
  // Neither a second time, nor for what was there when the page was loaded.
  expect(newlyDone(withEvents(event), withEvents(event))).toEqual([]);
  expect(newlyDone(withEvents(event), first)).toEqual([]);
});

test('a verdict that was opened', () => {
  expect(newlyDone({ ...first, dialog: { kind: 'incident', incidentId: 1 } }, first)).toEqual(['verdict']);
  expect(newlyDone({ ...first, dialog: { kind: 'export' } }, first)).toEqual([]);
});

test('an export that was saved, and a benchmark that has measured', () => {
  const saved: ShellState = { ...first, exports: { json: { kind: 'saved', path: '/r.json' } } };
  expect(newlyDone(saved, first)).toEqual(['measure']);
  expect(newlyDone({ ...saved, exports: { ...saved.exports, csv: { kind: 'cancelled' } } }, saved)).toEqual([]);
  const bench = (run: object) => ({ ...first, bench: { methods: [], results: [], run } }) as unknown as ShellState;
  const idle = (kind: string) => bench({ kind: 'idle', last: { kind } });
  expect(newlyDone(idle('measured'), bench({ kind: 'running' }))).toEqual(['measure']);
  expect(newlyDone(idle('failed'), bench({ kind: 'running' }))).toEqual([]);
});
