import {
  type ColumnName,
  csvColumns,
  csvFields,
  jsonColumns,
  type Sample,
  SAMPLE_COLUMNS,
} from '../measure/sample-columns';
import type { CutChannel, CutFloorSeries, CutRecording } from './cut';

/** A piece of a document and how many samples it holds, for progress. */
export interface Piece {
  content: string | Uint8Array;
  samples: number;
}

/** Samples in one piece: small enough that making a piece holds the browser process for about a millisecond. */
const SAMPLES_PER_PIECE = 1000;

/** The recording as JSON, piece by piece; the pieces together fit `recordingSchema`. */
export function* jsonPieces(recording: CutRecording): Generator<Piece> {
  const { channels, floorSeries, processes: _, cpu: __, ...head } = recording;
  const opening = JSON.stringify(head, null, 1);
  yield { content: `${opening.slice(0, -2)},\n "channels": [`, samples: 0 };
  for (const [i, channel] of channels.entries()) {
    yield { content: i === 0 ? '\n' : ',\n', samples: 0 };
    yield* samplesPieces(channel);
  }
  yield { content: '\n ],\n "floorSeries": [', samples: 0 };
  for (const [i, floor] of floorSeries.entries()) {
    yield { content: i === 0 ? '\n' : ',\n', samples: 0 };
    // Progress counts those of the channels.
    for (const { content } of samplesPieces(floor)) yield { content, samples: 0 };
  }
  yield { content: '\n ]\n}\n', samples: 0 };
}

function* samplesPieces(of: CutChannel | CutFloorSeries): Generator<Piece> {
  const { samples, sampleCount: _, countSince: __, stamped, ...head } = of;
  const columns = jsonColumns(stamped);
  yield { content: `  ${JSON.stringify(head).slice(0, -1)},"samples":{`, samples: 0 };
  for (const [c, name] of columns.entries()) {
    yield { content: `${c === 0 ? '' : ','}\n   "${SAMPLE_COLUMNS[name].json}":[`, samples: 0 };
    let first = true;
    for (const group of groupsOf(samples())) {
      // NaN is null in JSON.
      const text = JSON.stringify(group.map((sample) => sample[name])).slice(1, -1);
      // Every column walks the samples once: progress counts them on the last.
      yield { content: `${first ? '' : ','}${text}`, samples: c === columns.length - 1 ? group.length : 0 };
      first = false;
    }
    yield { content: ']', samples: 0 };
  }
  yield { content: '}}', samples: 0 };
}

export function csvHeader(stamps: boolean): string[] {
  return ['channel', 'process', 'transport', ...csvColumns(stamps).map((name) => SAMPLE_COLUMNS[name].csv)];
}

/** One row per sample (RFC 4180: CRLF, quotes doubled). An empty field: never sent, or not answered. */
export function* csvPieces(recording: CutRecording): Generator<Piece> {
  const stamps = recording.channels.some(({ stamped }) => stamped);
  const columns = csvColumns(stamps);
  yield { content: `${csvHeader(stamps).join(',')}\r\n`, samples: 0 };
  for (const channel of recording.channels) {
    const lead = [channel.id, channel.process.name, channel.transport].map(csvField).join(',');
    for (const group of groupsOf(channel.samples()))
      yield { content: group.map((sample) => csvRow(lead, columns, sample)).join(''), samples: group.length };
  }
}

function csvRow(lead: string, columns: readonly ColumnName[], sample: Sample): string {
  return `${lead},${csvFields(columns, sample)}\r\n`;
}

/** Quoted when it has to be. A leading `=`, `+`, `-` or `@` would be a formula in a spreadsheet: names never begin so here. */
export function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function* groupsOf(samples: Iterable<Sample>): Generator<Sample[]> {
  let group: Sample[] = [];
  for (const sample of samples) {
    group.push(sample);
    if (group.length === SAMPLES_PER_PIECE) {
      yield group;
      group = [];
    }
  }
  if (group.length > 0) yield group;
}
