import { words } from '../messages/message';
import { type CaseRecord, problemOf, recordSchema } from './record';

/** `traffic.json`: a JSON array of records. A record that is wrong is named by its line and left out; a file that is no array is refused. */

export const MAX_TRAFFIC_BYTES = 64 * 1024 * 1024;

export interface BadRecord {
  /** From 1: where the record begins. */
  line: number;
  problem: string;
}

export type Traffic = { records: CaseRecord[]; bad: BadRecord[] } | { refused: string };

export function readTraffic(text: string): Traffic {
  const elements = elementsOf(text);
  if ('refused' in elements) return elements;
  const records: CaseRecord[] = [];
  const bad: BadRecord[] = [];
  for (const { line, source } of elements.list) {
    const record = readRecord(source);
    if ('problem' in record) bad.push({ line, problem: record.problem });
    else records.push(record.record);
  }
  if (records.length === 0) {
    const [first] = bad;
    const why = first === undefined ? words('traffic.empty') : words('traffic.bad-line', first);
    return { refused: words('traffic.nothing-to-send', { why }) };
  }
  return { records, bad };
}

function readRecord(source: string): { record: CaseRecord } | { problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch {
    return { problem: words('record.not-json') };
  }
  const parsed = recordSchema.safeParse(value);
  return parsed.success ? { record: parsed.data } : { problem: problemOf(parsed.error) };
}

/** Cuts the outermost array at its commas, without a look at what is between them. */
function elementsOf(text: string): { list: Array<{ line: number; source: string }> } | { refused: string } {
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  let line = 1;
  const skipBlank = () => {
    for (; /\s/.test(text[at] ?? ''); at += 1) if (text[at] === '\n') line += 1;
  };
  skipBlank();
  if (text[at] !== '[') return { refused: words('traffic.no-list') };
  at += 1;
  const list: Array<{ line: number; source: string }> = [];
  for (;;) {
    skipBlank();
    const start = at;
    const startLine = line;
    let depth = 0;
    let quoted = false;
    for (; at < text.length; at += 1) {
      const character = text[at];
      if (character === '\n') line += 1;
      if (quoted) {
        if (character === '\\') at += 1;
        else if (character === '"' || character === '\n') quoted = false;
      } else if (character === '"') quoted = true;
      else if (character === '{' || character === '[') depth += 1;
      else if (depth > 0 && (character === '}' || character === ']')) depth -= 1;
      else if (depth === 0 && (character === ',' || character === ']')) break;
    }
    if (at >= text.length) return { refused: words('traffic.no-end', { line: startLine }) };
    const source = text.slice(start, at).trim();
    const last = text[at] === ']';
    // An empty list, or a comma after its last element, has nothing there.
    if (source !== '' || !last) list.push({ line: startLine, source });
    at += 1;
    if (last) break;
  }
  skipBlank();
  return at < text.length ? { refused: words('traffic.more-after-end', { line }) } : { list };
}
