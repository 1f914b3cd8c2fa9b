import { escape } from './report-page';

/** A table as programs take it from the clipboard. The first row is its head. */
export type TableRows = readonly (readonly string[])[];

/** For spreadsheets and editors: a tab between cells, a line for each row. */
export function tableAsText(rows: TableRows): string {
  return rows.map((row) => row.map((cell) => plain(cell).replaceAll(/[\t\r\n]+/g, ' ')).join('\t')).join('\n');
}

/** For word processors and mail. */
export function tableAsHtml(rows: TableRows): string {
  const [head = [], ...body] = rows;
  const line = (row: readonly string[], tag: string) =>
    `<tr>${row.map((cell) => `<${tag}>${escape(cell)}</${tag}>`).join('')}</tr>`;
  return `<table><thead>${line(head, 'th')}</thead><tbody>${body.map((row) => line(row, 'td')).join('')}</tbody></table>`;
}

/** Numbers without separators of thousands, which a spreadsheet would take for text; plain spaces. */
function plain(cell: string): string {
  const text = cell.replaceAll(/[\u202f\u00a0]/g, ' ').trim();
  return /^[\u2212≥]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text) ? text.replaceAll(',', '') : text;
}
