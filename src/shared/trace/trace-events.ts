/**
 * Events of the Trace Event Format (JSON), a line of text each, as Perfetto's UI and Chromium's tracing read them. Times
 * become microseconds with three decimals.
 *
 * Slices are pairs of B and E, not X with a duration: a reader that truncates start and duration to whole nanoseconds
 * would let a slice end a nanosecond after the one around it, and drop it. Row ids are unique over all processes,
 * because Perfetto names rows by `tid` alone.
 */

/** A row of a process. */
export interface Row {
  pid: number;
  tid: number;
}

/** `args`: JSON, or empty. */
export function begin({ pid, tid }: Row, name: string, tNs: number, args = ''): string {
  const said = args === '' ? '' : `,"args":${args}`;
  return `{"ph":"B","cat":"ping","name":${quoted(name)},"pid":${pid},"tid":${tid},"ts":${micros(tNs)}${said}}`;
}

export function end({ pid, tid }: Row, tNs: number): string {
  return `{"ph":"E","pid":${pid},"tid":${tid},"ts":${micros(tNs)}}`;
}

/** The start of an arrow from the slice that is open here, or its end at the one that is open here. */
export function flow(kind: 'leaves' | 'arrives', { pid, tid }: Row, id: number, name: string, tNs: number): string {
  const phase = kind === 'leaves' ? '"ph":"s"' : '"ph":"f","bp":"e"';
  return `{${phase},"cat":"hop","name":${quoted(name)},"id":${id},"pid":${pid},"tid":${tid},"ts":${micros(tNs)}}`;
}

/** `scope`: of a row, a process, or of everything. */
export function instant(
  { pid, tid }: Row,
  scope: 't' | 'p' | 'g',
  name: string,
  tNs: number,
  args: Readonly<Record<string, unknown>>,
): string {
  return JSON.stringify({ ph: 'i', s: scope, cat: 'event', name, pid, tid, ts: Number(micros(tNs)), args });
}

export function counter(pid: number, name: string, unit: string, value: number, tNs: number): string {
  return `{"ph":"C","cat":"counter","name":${quoted(name)},"pid":${pid},"tid":${pid},"ts":${micros(tNs)},"args":{${quoted(unit)}:${value}}}`;
}

/** Names and places of processes and rows. */
export function metadata(
  { pid, tid }: Row,
  name: 'process_name' | 'process_labels' | 'process_sort_index' | 'thread_name' | 'thread_sort_index',
  args: Readonly<Record<string, unknown>>,
): string {
  return JSON.stringify({ ph: 'M', cat: '__metadata', name, pid, tid, ts: 0, args });
}

function micros(ns: number): string {
  const whole = Math.round(ns);
  const rest = whole % 1000;
  return `${(whole - rest) / 1000}.${rest < 10 ? '00' : rest < 100 ? '0' : ''}${rest}`;
}

/** Names come back with every ping. */
const quotedNames = new Map<string, string>();
const MOST_NAMES = 1000;

function quoted(name: string): string {
  const known = quotedNames.get(name);
  if (known !== undefined) return known;
  if (quotedNames.size >= MOST_NAMES) quotedNames.clear();
  const text = JSON.stringify(name);
  quotedNames.set(name, text);
  return text;
}
