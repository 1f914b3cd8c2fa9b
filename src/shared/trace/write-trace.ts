import { words } from '../messages/message';
import type { Piece } from '../recording/write';
import { Lanes } from './lanes';
import { pingSlices, type Slice } from './ping-slices';
import { begin, counter, end, flow, instant, metadata, type Row } from './trace-events';
import type { Trace, TraceChannel, TraceSample } from './trace';

/** Pings in one piece: making it holds its process for about a millisecond. */
const PINGS_PER_PIECE = 100;
const COUNTERS_PER_PIECE = 1000;
/** Row ids begin where no process id can be (Linux's largest is 2 to the 22nd): a row of such an id would be its main thread's. */
const FIRST_ROW = 10_000_000;

/** The trace as JSON in Trace Event Format, piece by piece. */
export function* tracePieces(trace: Trace): Generator<Piece> {
  // Milliseconds: some readers took `ns` here for the unit of all times.
  const opening = { displayTimeUnit: 'ms', metadata: trace.about };
  yield { content: `${JSON.stringify(opening, null, 1).slice(0, -2)},\n "traceEvents": [\n`, samples: 0 };
  const rows = new Rows();
  const first = trace.processes.flatMap(({ pid, name, kind }, rank) => {
    const own = { pid, tid: pid };
    return [
      metadata(own, 'process_name', { name }),
      metadata(own, 'process_labels', { labels: kind }),
      metadata(own, 'process_sort_index', { sort_index: rank }),
      metadata(own, 'thread_name', { name: words('trace.main-thread') }),
    ];
  });
  const main = trace.processes[0]?.pid ?? 0;
  for (const { tNs, pid, name, detail } of trace.instants)
    first.push(instant({ pid: pid ?? main, tid: pid ?? main }, pid === null ? 'g' : 'p', name, tNs, { detail }));
  yield { content: first.join(',\n'), samples: 0 };
  let counters: string[] = [];
  for (const { tNs, pid, name, unit, value } of trace.counters) {
    counters.push(counter(pid, name, unit, value, tNs));
    if (counters.length < COUNTERS_PER_PIECE) continue;
    yield pieceOf(counters, 0);
    counters = [];
  }
  yield pieceOf(counters, 0);
  let flows = 0;
  for (const channel of trace.channels) {
    const writer = new ChannelWriter(channel, rows, () => (flows += 1));
    let lines: string[] = [];
    let pings = 0;
    for (const sample of channel.samples()) {
      writer.ping(sample, lines);
      pings += 1;
      if (pings < PINGS_PER_PIECE) continue;
      yield pieceOf(lines, pings);
      lines = [];
      pings = 0;
    }
    yield pieceOf(lines, pings);
  }
  yield { content: '\n ]\n}\n', samples: 0 };
}

function pieceOf(lines: readonly string[], samples: number): Piece {
  return { content: lines.length === 0 ? '' : `,\n${lines.join(',\n')}`, samples };
}

/**
 * Hands out rows: each process, channel and lane has one. A row can't be a whole thread: the slices of a ping include what
 * it waits for, and overlap with those of the next. So it is named after its thread and its channel.
 */
class Rows {
  readonly #rows = new Map<string, Row>();

  /** A new one is named in `lines`. */
  get(pid: number, name: string, lane: number, lines: string[]): Row {
    const key = `${pid}/${lane}/${name}`;
    const known = this.#rows.get(key);
    if (known !== undefined) return known;
    const row = { pid, tid: FIRST_ROW + this.#rows.size };
    this.#rows.set(key, row);
    lines.push(
      metadata(row, 'thread_name', { name: lane === 0 ? name : words('trace.lane', { name, number: lane + 1 }) }),
      metadata(row, 'thread_sort_index', { sort_index: row.tid - FIRST_ROW }),
    );
    return row;
  }
}

/** An arrow's place: at a slice's beginning Chromium's viewer takes it for one of the slice that ends there. */
function middleOf({ fromNs, toNs }: Slice): number {
  return Math.floor((fromNs + toNs) / 2);
}

/** Makes the events of one channel's pings. */
class ChannelWriter {
  readonly #channel: TraceChannel;
  readonly #rows: Rows;
  readonly #nextFlow: () => number;
  readonly #near = new Lanes();
  readonly #far = new Map<number, Lanes>();
  readonly #nearName: string;
  readonly #farName: string;
  readonly #words = { ping: words('trace.ping'), unit: words('trace.round-trip-unit') };

  constructor(channel: TraceChannel, rows: Rows, nextFlow: () => number) {
    this.#channel = channel;
    this.#rows = rows;
    this.#nextFlow = nextFlow;
    const { name, nearThread, farThread } = channel;
    this.#nearName = words('trace.row', { thread: nearThread, name });
    this.#farName = words('trace.row', { thread: farThread, name });
  }

  /** Adds what is to be written of a ping. */
  ping(sample: TraceSample, lines: string[]): void {
    if (sample.outcome === 'answered') this.#answered(sample, lines);
    else this.#unanswered(sample, lines);
  }

  #answered(sample: TraceSample, lines: string[]): void {
    const { name, nearPid, peer } = this.#channel;
    const { near, far } = pingSlices(sample, peer);
    const farPid = far.length === 0 ? null : this.#channel.farPid(sample.sentNs);
    const flows = farPid === null ? null : { ping: this.#nextFlow(), pong: this.#nextFlow() };
    const args = `{"seq":${sample.sequence},"round_trip_us":${sample.rttNs / 1000}}`;
    const endNs = sample.sentNs + sample.rttNs;
    this.#slices({ pid: nearPid, name: this.#nearName }, this.#near, near, args, flows, lines);
    if (farPid !== null) {
      const lanes = this.#far.get(farPid) ?? new Lanes();
      this.#far.set(farPid, lanes);
      const of = { pid: farPid, name: this.#farName };
      this.#slices(of, lanes, far, `{"seq":${sample.sequence}}`, flows, lines);
    }
    lines.push(counter(nearPid, name, this.#words.unit, sample.rttNs / 1000, endNs));
  }

  /** The slices of one ping in one process, in a slice around them. */
  #slices(
    { pid, name }: { pid: number; name: string },
    lanes: Lanes,
    slices: readonly Slice[],
    args: string,
    flows: Flows | null,
    lines: string[],
  ): void {
    const fromNs = slices[0]?.fromNs ?? 0;
    const toNs = slices.at(-1)?.toNs ?? fromNs;
    const row = this.#rows.get(pid, name, lanes.take(fromNs, toNs), lines);
    lines.push(begin(row, this.#words.ping, fromNs, args));
    for (const slice of slices) {
      lines.push(begin(row, slice.name, slice.fromNs));
      if (flows !== null)
        for (const hop of slice.hops) lines.push(flow(hop.end, row, flows[hop.frame], hop.frame, middleOf(slice)));
      lines.push(end(row, slice.toNs));
    }
    lines.push(end(row, toNs));
  }

  /** A point where it was sent, or should have been: nobody knows how far it came. */
  #unanswered({ sequence, intendedNs, sentNs, outcome }: TraceSample, lines: string[]): void {
    const row = this.#rows.get(this.#channel.nearPid, this.#nearName, 0, lines);
    const tNs = Number.isNaN(sentNs) ? intendedNs : sentNs;
    lines.push(instant(row, 't', words('trace.unanswered', { outcome }), tNs, { seq: sequence }));
  }
}

/** The arrows of one ping. */
interface Flows {
  ping: number;
  pong: number;
}
