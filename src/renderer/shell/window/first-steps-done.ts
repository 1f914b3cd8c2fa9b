import type { LabEvent } from '../../../shared/events';
import type { FirstStep } from '../../../shared/first-steps';
import type { ShellState } from '../store/shell-store';

type Watched = Pick<ShellState, 'snapshot' | 'dialog' | 'exports' | 'bench'>;

/** The first steps that were done for real between two states of the window. */
export function newlyDone(now: Watched, before: Watched): FirstStep[] {
  const steps: FirstStep[] = [];
  // What a page that was loaded anew hears of first has happened before.
  if (now.snapshot !== before.snapshot && before.snapshot !== null) {
    const last = eventsOf(before).at(-1)?.id ?? 0;
    for (const event of eventsOf(now)) {
      const step = event.id > last ? stepOf(event) : null;
      if (step !== null) steps.push(step);
    }
  }
  if (now.dialog !== before.dialog && now.dialog.kind === 'incident') steps.push('verdict');
  if (now.exports !== before.exports && hasSaved(now, before)) steps.push('measure');
  if (before.bench?.run.kind === 'running' && now.bench?.run.kind === 'idle' && now.bench.run.last.kind === 'measured')
    steps.push('measure');
  return steps;
}

function stepOf({ kind, processId, termination }: LabEvent): FirstStep | null {
  if (kind === 'crash' && processId?.startsWith('site:')) return 'crash';
  if (kind === 'kill' && termination?.requested === false && termination.signal !== null) return 'kill';
  if (kind === 'unresponsive' && processId?.startsWith('plugin:')) return 'hang';
  return null;
}

function eventsOf({ snapshot }: Watched): readonly LabEvent[] {
  return snapshot?.events ?? [];
}

function hasSaved(now: Watched, before: Watched): boolean {
  return Object.entries(now.exports).some(
    ([format, job]) => job?.kind === 'saved' && before.exports[format as keyof Watched['exports']] !== job,
  );
}
