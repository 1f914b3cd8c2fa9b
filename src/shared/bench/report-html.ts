import { formatBytes, formatDuration } from '../format';
import { escape, rawTable, REPORT_STYLE, reportPage, section, table } from '../report-page';
import { answersOf } from './answer';
import { ANATOMY_STYLE, anatomyHtml } from './report-anatomy';
import { type AnswerWords, answerWords, QUESTIONS, settingWords } from './answer-words';
import { environmentLine } from './environment-line';
import { boxesHtml, PLOT_STYLE, sizesHtml } from './report-plots';
import { NAME_COLUMNS, RUN_COLUMNS } from './run-columns';
import { labelOf, methodTitle } from './run-names';
import type { BenchResult, BenchRun } from './schema';

/** What the person calls the result, where it has a name. */
export interface ReportName {
  name: string;
  note: string;
}

/** A result as one page for a person: answers, plots, tables. Asks the network for nothing, and needs no window to make. */
export function benchReportHtml(result: BenchResult, called: ReportName | null): string {
  const { environment, runs } = result;
  const began = `${environment.began_at.replace('T', ' ').slice(0, 19)} UTC`;
  const sizes = sizesHtml(runs);
  const boxes = boxesHtml(runs);
  const answers = answersHtml(result);
  const anatomies = anatomyHtml(runs);
  return reportPage({
    title: called === null ? `Bulkhead benchmark, ${began}` : `Bulkhead benchmark: ${called.name}`,
    summary: environmentLine(result),
    style: `${REPORT_STYLE}${PLOT_STYLE}${ANATOMY_STYLE}${STYLE}`,
    body: [
      ...(called === null || called.note === '' ? [] : [`<p>${escape(called.note)}</p>`]),
      ...(environment.interrupted ? ['<p class="warn">Interrupted: this is what was measured until then.</p>'] : []),
      ...(answers === '' ? [] : [section('answers', 'What this result says', answers)]),
      ...(sizes === '' ? [] : [section('sizes', 'Median against size', sizes)]),
      ...(boxes === '' ? [] : [section('boxes', 'Round trips of each run', boxes)]),
      ...(anatomies === '' ? [] : [section('anatomy', 'Where the time goes', anatomies)]),
      section('runs', 'Figures', `${runsHtml(runs)}${notesHtml(runs)}`),
      section('env', 'Measured on', environmentHtml(result, began)),
    ].join('\n'),
  });
}

/** The sentences of the answer card. */
function answersHtml(result: BenchResult): string {
  const answers = answersOf(result);
  const compared = answers.filter(({ runs }) => runs.length > 1);
  const questions = QUESTIONS.filter(({ id }) => compared.some((answer) => answer[id].kind !== 'nothing-to-compare'));
  if (questions.length === 0) return '';
  const several = answers.length > 1;
  return rawTable(
    [...(several ? ['At'] : []), ...questions.map(({ head }) => head)],
    compared.map((answer) => [
      ...(several ? [escape(settingWords(answer, answers))] : []),
      ...questions.map(({ id }) => wordsHtml(answerWords(answer, id))),
    ]),
    questions.length + 1,
  );
}

function wordsHtml(words: AnswerWords): string {
  switch (words.kind) {
    case 'found':
      return `<strong>${escape(words.who)}</strong> ${escape(words.figure)}${words.note === '' ? '' : `<small>${escape(words.note)}</small>`}`;
    case 'refused':
      return `<small>${escape(words.reason)}</small>`;
    case 'none':
      return '<small>Nothing to compare.</small>';
  }
}

function runsHtml(runs: readonly BenchRun[]): string {
  if (runs.length === 0) return '<p>Nothing was measured.</p>';
  const columns = RUN_COLUMNS.filter(({ id }) => saysSomething(id, runs));
  return `${table(
    columns.map(({ head, unit }) => (unit === undefined ? head : `${head} (${unit})`)),
    runs.map((run) => columns.map(({ text }) => text(run))),
    columns.filter(({ id }) => NAME_COLUMNS.some((column) => column.id === id)).length,
  )}<details><summary>What the columns say</summary><dl>${columns.map(({ head, title }) => `<dt>${escape(head)}</dt><dd>${escape(title)}</dd>`).join('')}</dl></details>`;
}

/** What all runs have in common stands under the title. */
function saysSomething(column: string, runs: readonly BenchRun[]): boolean {
  if (column === 'route') return new Set(runs.map(({ route }) => route)).size > 1;
  if (column === 'size') return new Set(runs.map(({ size }) => size)).size > 1;
  return column !== 'skipped' || runs.some(({ skipped }) => skipped > 0);
}

/** What is to be said of single runs, and why some have no figures or no floor: each reason once. */
function notesHtml(runs: readonly BenchRun[]): string {
  const missing = new Map<string, Set<string>>();
  for (const { method, floor_ns: floor, detail } of runs) {
    const reason = floor === null ? (detail?.floor_unavailable ?? null) : null;
    if (reason !== null) missing.set(reason, (missing.get(reason) ?? new Set()).add(methodTitle(method)));
  }
  const notes = [
    ...runs.flatMap((run) => {
      const said = run.unavailable === null ? (run.detail?.notes ?? []) : [`not measured. ${run.unavailable}`];
      return said.map((note) => `${labelOf(run, runs)}: ${note}`);
    }),
    ...[...missing].map(([reason, methods]) => `No floor for ${[...methods].join(', ')}: ${reason}`),
  ];
  return notes.length === 0 ? '' : `<ul class="note">${notes.map((note) => `<li>${escape(note)}</li>`).join('')}</ul>`;
}

function environmentHtml({ environment: env, runs }: BenchResult, began: string): string {
  const [run] = runs;
  return table(
    ['What', 'Which'],
    [
      ['Began', began],
      ['Bulkhead', env.bulkhead],
      // A plain process measured by `bulkhead ping` has no Electron.
      ...(env.electron === ''
        ? []
        : [
            ['Electron', `${env.electron} (${env.runtime_origin})`],
            ['Chrome', env.chrome],
          ]),
      ['Node', env.node],
      ['V8', env.v8],
      ['Operating system', env.os],
      ['Processor', `${env.cpu}, ${env.cores} cores`],
      ['Memory', formatBytes(env.memory_bytes)],
      ['Load when it began', env.load_average.toFixed(2)],
      ['Chromium sandbox', env.sandboxed ? 'on' : 'off (run as root)'],
      ...(run === undefined ? [] : [['Warm-up before each round', `${run.warmup.toLocaleString('en')} cycles`]]),
      ...(env.clock === null
        ? []
        : [
            [
              'Clock',
              `${env.clock.source}, steps of ${formatDuration(env.clock.resolution_ns)}; measuring adds ${formatDuration(env.clock.overhead_ns)} to every round trip`,
            ],
          ]),
    ],
    0,
  );
}

const STYLE = `
:root{color-scheme:light dark}
.warn{padding:4px 12px;border-left:4px solid #8a5300;background:var(--head)}
ul.note{padding-left:20px}
details{margin:8px 0}summary{cursor:pointer}
dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 16px;font-size:13px}dt{font-weight:600}dd{margin:0}
td{font-size:14px}td.n,td:first-child{white-space:nowrap}th,td{padding:5px 8px}
@media (prefers-color-scheme:dark){:root{--ink:#e6eef3;--soft:#a3b4c0;--line:#2b3d4a;--head:#1a2832;--ground:#121d26}}
@media (max-width:700px){body{padding:12px}}
`;
