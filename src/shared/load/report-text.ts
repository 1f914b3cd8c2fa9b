import { render } from '../messages/message';
import { LOAD_COLUMNS } from './report-columns';
import type { LoadResult } from './result';
import { verdictOn } from './verdict';

/** The result for a terminal: a table, a sentence for each route, why posts failed, and what happened meanwhile. */
export function loadText({ routes, events, environment }: LoadResult): string {
  const cells = [
    LOAD_COLUMNS.map(({ head }) => head),
    ...routes.map((row) => LOAD_COLUMNS.map(({ text }) => text(row))),
  ];
  const widths = LOAD_COLUMNS.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)));
  const lines = cells.map((row) =>
    row
      .map((text, column) => (column === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[column] ?? 0)))
      .join('  '),
  );
  const reasons = routes.flatMap(({ route, reasons: given }) =>
    given.map(({ kind, reason, count }) => `${route}: ${count} ${kind}: ${reason}`),
  );
  const happened = events.map(({ at_s: atS, text }) => `${atS.toFixed(1)} s  ${text}`);
  const parts = [
    environment.interrupted ? ['Interrupted: this is what was posted until then.'] : [],
    lines,
    routes.map((row) => render(verdictOn(row))),
    reasons.length === 0 ? [] : ['Refused or failed:', ...reasons],
    happened.length === 0 ? [] : ['Meanwhile:', ...happened],
  ].filter((part) => part.length > 0);
  return `${parts.map((part) => part.join('\n')).join('\n\n')}\n`.replaceAll(/[\u202f\u00a0]/g, ' ');
}
