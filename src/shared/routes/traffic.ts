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

/** A list with more of them is one of something else, and what is said of each would fill the memory. */
const MOST_BAD = 10_000;
/** No record is longer, however it is written. */
const MOST_RECORD_CHARS = 65_536;

export function readTraffic(text: string): Traffic {
  const records: CaseRecord[] = [];
  const bad: BadRecord[] = [];
  const items = trafficItems(text);
  for (;;) {
    const { done, value } = items.next();
    if (done === true) return value === null ? { records, bad } : { refused: value };
    if ('line' in value) bad.push(value);
    else records.push(value);
  }
}

/** One after the other, so that who has others to serve can do so in between. Returns why all is refused, or null. */
export function* trafficItems(text: string): Generator<CaseRecord | BadRecord, string | null, void> {
  const elements = elementsOf(text);
  let good = 0;
  let bad = 0;
  let first: BadRecord | null = null;
  for (;;) {
    const { done, value } = elements.next();
    if (done === true) {
      if (value !== null || good > 0) return value;
      const why = first === null ? words('traffic.empty') : words('traffic.bad-line', first);
      return words('traffic.nothing-to-send', { why });
    }
    const record = readRecord(value.source);
    if (!('problem' in record)) {
      good += 1;
      yield record.record;
      continue;
    }
    const found = { line: value.line, problem: record.problem };
    first ??= found;
    bad += 1;
    if (bad > MOST_BAD) return words('traffic.too-many-bad', { most: MOST_BAD, ...first });
    yield found;
  }
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
function* elementsOf(text: string): Generator<{ line: number; source: string }, string | null, void> {
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  let line = 1;
  const skipBlank = () => {
    for (; /\s/.test(text[at] ?? ''); at += 1) if (text[at] === '\n') line += 1;
  };
  skipBlank();
  if (text[at] !== '[') return words('traffic.no-list');
  at += 1;
  for (;;) {
    skipBlank();
    const start = at;
    const startLine = line;
    let depth = 0;
    let quoted = false;
    const end = start + MOST_RECORD_CHARS;
    for (; at < text.length && at <= end; at += 1) {
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
    if (at >= text.length) return words('traffic.no-end', { line: startLine });
    if (at > end) return words('traffic.too-long', { line: startLine, most: MOST_RECORD_CHARS });
    const source = text.slice(start, at).trim();
    const last = text[at] === ']';
    // An empty list, or a comma after its last element, has nothing there.
    if (source !== '' || !last) yield { line: startLine, source };
    at += 1;
    if (last) break;
  }
  skipBlank();
  return at < text.length ? words('traffic.more-after-end', { line }) : null;
}
