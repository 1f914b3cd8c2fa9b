import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { csvColumns, SAMPLE_COLUMNS, unitOf } from '../../src/shared/measure/sample-columns';

const FILE = join(import.meta.dirname, '../../docs/measuring.md');
const BEGIN =
  '<!-- Made from src/shared/measure/sample-columns.ts: UPDATE_DOCS=1 npx vitest run measure/sample-columns -->';
const END = '<!-- End of the columns. -->';

/** The table in `docs/measuring.md` of what is kept of each ping. */
export function sampleColumnsTable(): string {
  const rows = [
    ['JSON', 'CSV', 'unit', 'missing when', 'what'],
    ...csvColumns(true).map((name) => {
      const { json, csv, missing, means } = SAMPLE_COLUMNS[name];
      return [json === null ? '–' : `\`${json}\``, `\`${csv}\``, unitOf(name) || '–', missing ?? '–', means];
    }),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = rows.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`);
  lines.splice(1, 0, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`);
  return lines.join('\n');
}

export function readSampleColumnsTable(): string {
  const text = readFileSync(FILE, 'utf8');
  return text.slice(text.indexOf(BEGIN) + BEGIN.length, text.indexOf(END)).trim();
}

export function writeSampleColumnsTable(): void {
  const text = readFileSync(FILE, 'utf8');
  writeFileSync(
    FILE,
    `${text.slice(0, text.indexOf(BEGIN))}${BEGIN}\n\n${sampleColumnsTable()}\n\n${text.slice(text.indexOf(END))}`,
  );
}
