import { type Answer, costNs, type Finding, tailNs } from './answer';
import { figureText, ratioText } from './certainty';
import type { BenchRun } from './schema';
import { formatBytes, formatDuration } from '../format';
import { words } from '../messages/message';
import { labelOf, paceOf } from './run-names';

export type Question = 'fastest' | 'steadiest' | 'nearestFloor' | 'cheapest';

export const QUESTIONS: readonly { id: Question; head: string; title: string }[] = [
  { id: 'fastest', head: 'Fastest', title: 'The least median, with its 95 % interval' },
  { id: 'steadiest', head: 'Steadiest', title: 'The least from the median to the 99th percentile' },
  {
    id: 'nearestFloor',
    head: 'Nearest its kernel floor',
    title: 'The least median ÷ floor, with its 95 % interval: what JavaScript and Chromium add',
  },
  { id: 'cheapest', head: 'Cheapest', title: 'The least processor time of both ends for a round trip' },
];

/** An answer in words: who, with the figure, and what is to be said of it; or why there is none and what to do. */
export type AnswerWords =
  | { kind: 'found'; who: string; figure: string; note: string }
  | { kind: 'refused'; reason: string }
  | { kind: 'none' };

export function answerWords({ runs, ...answer }: Answer, question: Question): AnswerWords {
  const finding: Finding = answer[question];
  const name = (run: BenchRun) => labelOf(run, runs);
  switch (finding.kind) {
    case 'found':
      return {
        kind: 'found',
        who: name(finding.best),
        figure: figureOf(finding.best, question),
        note: [
          ...(finding.within.length > 0 ? [words('answer.within', { names: listed(finding.within.map(name)) })] : []),
          ...(finding.next === null
            ? []
            : [
                words('answer.next', {
                  isBehind: finding.within.length > 0,
                  name: name(finding.next),
                  figure: figureOf(finding.next, question),
                }),
              ]),
        ].join(' '),
      };
    case 'rounds-disagree':
      return {
        kind: 'refused',
        reason: words('answer.rounds-disagree', {
          names: listed(finding.runs.map(name)),
          isPlaced: finding.placed,
          rounds: finding.rounds,
        }),
      };
    case 'too-few-rounds':
      return {
        kind: 'refused',
        reason: words('answer.few-rounds', { rounds: finding.rounds, atLeast: finding.atLeast }),
      };
    case 'too-few-samples':
      return {
        kind: 'refused',
        reason: words('answer.few-samples', { atLeast: finding.atLeast }),
      };
    case 'nothing-to-compare':
      return { kind: 'none' };
  }
}

/** What an answer is of: only what tells it from the others. */
export function settingWords({ size, runs: [run] }: Answer, all: readonly Answer[]): string {
  const parts = [
    { of: (answer: Answer) => answer.runs[0]?.placement ?? '', text: run?.placement ?? '' },
    { of: ({ runs: [first] }: Answer) => (first ? paceOf(first) : ''), text: run ? paceOf(run) : '' },
  ].filter(({ of }) => new Set(all.map(of)).size > 1);
  return [formatBytes(size), ...parts.map(({ text }) => text)].join(' · ');
}

function figureOf(run: BenchRun, question: Question): string {
  switch (question) {
    case 'fastest': {
      const interval = run.detail?.p50_ci95_ns ?? null;
      const median = figureText(run, 'p50');
      return interval === null
        ? median
        : `${median} (${formatDuration(interval.low)} – ${formatDuration(interval.high)})`;
    }
    case 'steadiest':
      return words('answer.tail', { ns: tailNs(run) });
    case 'nearestFloor':
      return words('answer.times-floor', { ratio: ratioText(run) });
    case 'cheapest':
      return words('answer.cpu', { ns: costNs(run) });
  }
}

/** `a, b and 5 others`: the row is not to grow with what was measured. */
function listed(names: readonly string[]): string {
  const shown = names.length > 4 ? names.slice(0, 3) : names;
  const rest = names.length - shown.length;
  if (rest > 0) return words('answer.and-others', { shown, others: rest });
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}` : (shown[0] ?? '');
}
