import { environmentLine } from '../../../../shared/bench/environment-line';
import type { ChartImage, ExportOutcome } from '../../../../shared/ipc-contract';
import { MessageError, render, say as message } from '../../../../shared/messages/message';
import { type DrawnFormat, RESULT_FORMATS, type ResultFormat } from '../../../../shared/bench-window/result-formats';
import { act, messageOf, request } from '../../bridge';
import { LIGHT_CHART } from '../../charts/chart-theme';
import { useShell } from '../../store/shell-store';
import { readDraft } from './bench-draft';
import { plotOf } from './results/plot-caption';
import { resultLines } from './results/result-lines';
import { panelFacetOf } from './results/run-panels';
import { renderShownPlot } from './results/shown-plot';
import { renderResultImage } from './results/result-image';
import { renderStagesImage } from './results/stages-image';

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
  if (!isDrawn(format)) return request('bench:save', id, format);
  return request('bench:save-image', id, format, await drawResult(id, format === 'png'));
}

function isDrawn(format: ResultFormat): format is DrawnFormat {
  return RESULT_FORMATS[format].drawn;
}

/** What is shown, as a picture for the clipboard. Rejects with words for a person. */
export async function shownPlotPicture(): Promise<Uint8Array<ArrayBuffer>> {
  const { shown } = useShell.getState();
  if (shown.kind === 'none') throw new Error('no result is shown. Measure or open one first.');
  if (shown.kind === 'running') throw new Error('the run is not over. Wait for its end, or stop it.');
  if (shown.kind === 'two') return renderShownPlot('comparison-plot', 'Bulkhead benchmark: two results compared');
  const { png } = await drawResult(shown.id, true);
  if (png === null) throw new Error('it could not be drawn as a picture. Save it as SVG.');
  return png as Uint8Array<ArrayBuffer>;
}

async function drawResult(id: number, png: boolean): Promise<ChartImage> {
  await loadResult(id);
  const { results, plot, panels, bench, shown, stagesShown } = useShell.getState();
  const result = results[id];
  if (result === undefined) throw new MessageError(message('result.gone'));
  const name = bench?.results.find((summary) => summary.id === id)?.name ?? '';
  const common = { title: `Bulkhead benchmark: ${name}`, theme: LIGHT_CHART, png };
  if (stagesShown !== null && shown.kind === 'one' && shown.id === id)
    return renderStagesImage({ ...common, ...stagesShown, subtitle: environmentLine(result) });
  const drawn = plotOf(plot, result.runs);
  const lines = resultLines(result.runs, LIGHT_CHART).filter(({ run }) => run.rtt_ns !== null);
  return renderResultImage({
    result,
    plot: drawn,
    panels: panelFacetOf(panels, drawn, lines),
    ...common,
  });
}
