import type { ExportOutcome } from '../../../../shared/ipc-contract';
import { render, say as message } from '../../../../shared/messages/message';
import type { ResultFormat } from '../../../../shared/bench-window/result-formats';
import { act, messageOf, request } from '../../bridge';
import { LIGHT_CHART } from '../../charts/chart-theme';
import { useShell } from '../../store/shell-store';
import { readDraft } from './bench-draft';
import { plotOf } from './results/plot-caption';
import { renderResultImage } from './results/result-image';

/** Starts what the form says. False when something in it is wrong: that stands beside its field. */
export async function runBenchmark(): Promise<boolean> {
  const { draft, bench } = useShell.getState();
  const read = readDraft(draft, bench?.methods ?? []);
  return read.kind === 'form' && (await act('bench:start', read.form));
}

/** Fetches a result that isn't here yet. */
export async function loadResult(id: number): Promise<void> {
  const { results, keepResult, say } = useShell.getState();
  if (results[id] !== undefined) return;
  try {
    const result = await request('bench:result', id);
    if (result !== null) keepResult(id, result);
  } catch (error) {
    say('bad', `The result could not be fetched: ${messageOf(error)}. Choose it again.`);
  }
}

/** Asks for files and shows what was opened: one by itself, and of several the first two side by side. */
export async function openResults(): Promise<void> {
  const { say, showResult } = useShell.getState();
  try {
    const outcome = await request('bench:open');
    if (outcome.status === 'failed') say('bad', render(outcome.message));
    if (outcome.status !== 'opened') return;
    const [first, second] = outcome.ids;
    if (first === undefined) return;
    showResult(second === undefined ? { kind: 'one', id: first } : { kind: 'two', before: first, after: second });
  } catch (error) {
    say('bad', `Nothing was opened: ${messageOf(error)}`);
  }
}

export async function saveResult(id: number, format: ResultFormat): Promise<void> {
  const { say } = useShell.getState();
  try {
    const outcome = await save(id, format);
    if (outcome.status === 'saved') say('good', `Saved ${outcome.path}`, outcome.file);
    else if (outcome.status === 'failed') say('bad', render(outcome.message));
  } catch (error) {
    say('bad', `Nothing was saved: ${messageOf(error)}`);
  }
}

async function save(id: number, format: ResultFormat): Promise<ExportOutcome> {
  if (format !== 'svg' && format !== 'png') return request('bench:save', id, format);
  await loadResult(id);
  const { results, plot, bench } = useShell.getState();
  const result = results[id];
  if (result === undefined) return { status: 'failed', message: message('result.gone') };
  const name = bench?.results.find((summary) => summary.id === id)?.name ?? '';
  const image = await renderResultImage({
    result,
    plot: plotOf(plot, result.runs),
    title: `Bulkhead benchmark: ${name}`,
    theme: LIGHT_CHART,
    png: format === 'png',
  });
  return request('bench:save-image', id, format, image);
}
