import { formatDuration, microsDigits } from '../format';
import { ANATOMY_PERCENTILES } from '../measure/anatomy';
import { STAGE_POINTS, stageSide } from '../measure/stages';
import { escape, table } from '../report-page';
import { takenApart } from './anatomy';
import { type AnatomyRow, anatomyRows } from './anatomy-rows';
import { labelOf } from './run-names';
import type { BenchRun } from './schema';

/** Stacked bars and a table for each run whose stages were measured; empty when there is none. */
export function anatomyHtml(runs: readonly BenchRun[]): string {
  return runs
    .map((run) => ({ run, rows: anatomyRows(run) }))
    .filter(({ rows }) => rows.length > 0)
    .map(({ run, rows }) => {
      const said = run.detail?.anatomy?.sentences.map((sentence) => `<li>${escape(sentence)}</li>`) ?? [];
      const of = takenApart(run);
      const which = of === null ? '' : `<p>${escape(of)} were taken apart.</p>`;
      const cells = rows.map(({ title, parts }, at) => [
        `${at + 1}  ${title}`,
        ...parts.flatMap((part) => [microsDigits(part?.ns ?? null), part === null ? '–' : percent(part.share)]),
      ]);
      const heads = ['Stage', ...ANATOMY_PERCENTILES.flatMap((percentile) => [`${percentile} (µs)`, '%'])];
      return `<h3>${escape(labelOf(run, runs))}</h3>${which}<ul>${said.join('')}</ul>${barsHtml(run, rows)}${table(heads, cells, 1)}`;
    })
    .join('\n');
}

/** The number of a segment is that of its row in the table. */
function barsHtml({ detail }: BenchRun, rows: readonly AnatomyRow[]): string {
  const bars = ANATOMY_PERCENTILES.map((percentile) => {
    const anatomy = detail?.anatomy?.[percentile];
    const parts = anatomy?.stages.map((stage) => {
      // A side has one hue; stages that follow one another differ in shade.
      const shade = STAGE_POINTS.indexOf(stage.from) % 2 === 0 ? '' : ' dark';
      const number = stage.share >= 0.03 ? rows.findIndex(({ id }) => id === stage.id) + 1 : '';
      return `<span class="${stageSide(stage)}${shade}" style="width:${(stage.share * 100).toFixed(2)}%" title="${escape(`${stage.title}: ${formatDuration(stage.ns)}`)}">${number}</span>`;
    });
    return `<div class="stages"><b>${percentile}</b><span>${formatDuration(anatomy?.rtt_ns ?? null)}</span><div>${parts?.join('') ?? ''}</div></div>`;
  });
  return bars.join('');
}

function percent(share: number): string {
  return (share * 100).toFixed(share < 0.0995 ? 1 : 0);
}

export const ANATOMY_STYLE = `
.stages{display:grid;grid-template-columns:40px 80px minmax(0,1fr);gap:8px;align-items:center;margin:4px 0}
.stages>span{text-align:right}.stages>div{display:flex;height:26px;overflow:hidden;border-radius:4px}
.stages>div>span{flex:none;box-sizing:border-box;overflow:hidden;text-align:center;font-size:12px;line-height:26px;color:#13212b;box-shadow:inset 0 0 0 1px rgb(19 33 43/.35)}
.stages .own{background:#c9e2f5}.stages .own.dark{background:#8fc1e8}.stages .peer{background:#e59a7e}.stages .peer.dark{background:#f2c4b2}
.stages .between{background:repeating-linear-gradient(-45deg,transparent 0 4px,rgb(19 33 43/.16) 4px 5px) #f5d66e}
`;
