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

export function begin({ pid, tid }: Row, name: string, tNs: number, args?: Readonly<Record<string, unknown>>): string {
  const said = args === undefined ? '' : `,"args":${JSON.stringify(args)}`;
  return `{"ph":"B","cat":"ping","name":${JSON.stringify(name)},"pid":${pid},"tid":${tid},"ts":${micros(tNs)}${said}}`;
}

export function end({ pid, tid }: Row, tNs: number): string {
  return `{"ph":"E","pid":${pid},"tid":${tid},"ts":${micros(tNs)}}`;
}

/** An arrow from the slice that is open here to the one that is open at `flowEnd` of this id. */
export function flowStart({ pid, tid }: Row, id: number, name: string, tNs: number): string {
  return `{"ph":"s","cat":"hop","name":${JSON.stringify(name)},"id":${id},"pid":${pid},"tid":${tid},"ts":${micros(tNs)}}`;
}

export function flowEnd({ pid, tid }: Row, id: number, name: string, tNs: number): string {
  return `{"ph":"f","bp":"e","cat":"hop","name":${JSON.stringify(name)},"id":${id},"pid":${pid},"tid":${tid},"ts":${micros(tNs)}}`;
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
  return `{"ph":"C","cat":"counter","name":${JSON.stringify(name)},"pid":${pid},"tid":${pid},"ts":${micros(tNs)},"args":{${JSON.stringify(unit)}:${value}}}`;
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
  return (Math.round(ns) / 1000).toFixed(3);
}
