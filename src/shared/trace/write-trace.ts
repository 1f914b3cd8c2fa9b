import { words } from '../messages/message';
import type { Piece } from '../recording/write';
import { Lanes } from './lanes';
import { pingSlices, type Slice } from './ping-slices';
import { begin, counter, end, flowEnd, flowStart, instant, metadata, type Row } from './trace-events';
import type { Trace, TraceChannel, TraceSample } from './trace';

/** Pings in one piece: making it holds its process for about a millisecond. */
const PINGS_PER_PIECE = 200;
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
    ];
  });
  const main = trace.processes[0]?.pid ?? 0;
  for (const { tNs, pid, name, detail } of trace.instants)
    first.push(instant({ pid: pid ?? main, tid: pid ?? main }, pid === null ? 'g' : 'p', name, tNs, { detail }));
  for (const { tNs, pid, name, unit, value } of trace.counters) first.push(counter(pid, name, unit, value, tNs));
  yield { content: first.join(',\n'), samples: 0 };
  let flows = 0;
  for (const channel of trace.channels) {
    const writer = new ChannelWriter(channel, rows, () => (flows += 1));
    let lines: string[] = [];
    let pings = 0;
    for (const sample of channel.samples()) {
      lines.push(...writer.ping(sample));
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
  return { content: lines.map((line) => `,\n${line}`).join(''), samples };
}

/** Hands out rows: each process, channel and lane has one. */
class Rows {
  readonly #rows = new Map<string, Row>();

  /** With the lines that name it, when it is new. */
  get(pid: number, name: string, lane: number): { row: Row; lines: string[] } {
    const title = lane === 0 ? name : words('trace.lane', { name, number: lane + 1 });
    const key = `${pid}/${title}`;
    const known = this.#rows.get(key);
    if (known !== undefined) return { row: known, lines: [] };
    const row = { pid, tid: FIRST_ROW + this.#rows.size };
    this.#rows.set(key, row);
    return {
      row,
      lines: [
        metadata(row, 'thread_name', { name: title }),
        metadata(row, 'thread_sort_index', { sort_index: row.tid - FIRST_ROW }),
      ],
    };
  }
}

/** Makes the events of one channel's pings. */
class ChannelWriter {
  readonly #channel: TraceChannel;
  readonly #rows: Rows;
  readonly #nextFlow: () => number;
  readonly #near = new Lanes();
  readonly #far = new Map<number, Lanes>();

  constructor(channel: TraceChannel, rows: Rows, nextFlow: () => number) {
    this.#channel = channel;
    this.#rows = rows;
    this.#nextFlow = nextFlow;
  }

  ping(sample: TraceSample): string[] {
    return sample.outcome === 'answered' ? this.#answered(sample) : this.#unanswered(sample);
  }

  #answered(sample: TraceSample): string[] {
    const { name, nearPid } = this.#channel;
    const endNs = sample.sentNs + sample.rttNs;
    const { near, far } = pingSlices(sample);
    const { row, lines } = this.#rows.get(nearPid, name, this.#near.take(sample.intendedNs, endNs));
    const title = words('trace.ping', { sequence: sample.sequence });
    const args = { seq: sample.sequence, round_trip_us: sample.rttNs / 1000 };
    const farPid = far.length === 0 ? null : this.#channel.farPid(sample.sentNs);
    const flows = farPid === null ? null : { ping: this.#nextFlow(), pong: this.#nextFlow() };
    lines.push(begin(row, title, sample.intendedNs, args), ...sliceLines(row, near, flows), end(row, endNs));
    if (farPid !== null) lines.push(...this.#atFarEnd(farPid, title, far, flows));
    lines.push(counter(nearPid, name, words('trace.round-trip-unit'), sample.rttNs / 1000, endNs));
    return lines;
  }

  #atFarEnd(pid: number, title: string, slices: readonly Slice[], flows: Flows | null): string[] {
    const fromNs = slices[0]?.fromNs ?? 0;
    const toNs = slices.at(-1)?.toNs ?? fromNs;
    const lanes = this.#far.get(pid) ?? new Lanes();
    this.#far.set(pid, lanes);
    const { row, lines } = this.#rows.get(pid, this.#channel.name, lanes.take(fromNs, toNs));
    lines.push(begin(row, title, fromNs), ...sliceLines(row, slices, flows), end(row, toNs));
    return lines;
  }

  /** A point where it was sent, or should have been: nobody knows how far it came. */
  #unanswered({ sequence, intendedNs, sentNs, outcome }: TraceSample): string[] {
    const { name, nearPid } = this.#channel;
    const { row, lines } = this.#rows.get(nearPid, name, 0);
    const tNs = Number.isNaN(sentNs) ? intendedNs : sentNs;
    lines.push(instant(row, 't', words('trace.unanswered', { outcome }), tNs, { seq: sequence }));
    return lines;
  }
}

/** The arrows of one ping. */
interface Flows {
  ping: number;
  pong: number;
}

function sliceLines(row: Row, slices: readonly Slice[], flows: Flows | null): string[] {
  return slices.flatMap(({ name, fromNs, toNs, hop }) => {
    const lines = [begin(row, name, fromNs), end(row, toNs)];
    if (hop !== undefined && flows !== null) {
      const arrow = hop.end === 'leaves' ? flowStart : flowEnd;
      // Behind the beginning, as it belongs to the slice that is open.
      lines.splice(1, 0, arrow(row, flows[hop.frame], words(`trace.${hop.frame}-hop`), fromNs));
    }
    return lines;
  });
}
