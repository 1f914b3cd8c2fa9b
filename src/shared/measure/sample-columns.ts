import { type Outcome, OUTCOMES, outcomeCode } from './outcome';

/**
 * Everything that is kept of a ping, a row for each column. The log, the benchmark's rounds, the feed, the recording,
 * both CSV files and the table in docs/measuring.md come from here.
 */

/** What the values of a column are, and the array that holds many of them. Numbers that may be missing are NaN. */
interface Kinds {
  count: { value: number; array: Uint32Array };
  /** On the recording's clock, or since the round began. */
  time: { value: number; array: Float64Array };
  duration: { value: number; array: Float64Array };
  bytes: { value: number; array: Uint32Array };
  /** Kept as its code. */
  outcome: { value: Outcome; array: Uint8Array };
  flag: { value: boolean; array: Uint8Array };
}

const KINDS = {
  count: { array: Uint32Array, unit: '' },
  time: { array: Float64Array, unit: 'ns' },
  duration: { array: Float64Array, unit: 'ns' },
  bytes: { array: Uint32Array, unit: 'bytes' },
  outcome: { array: Uint8Array, unit: '' },
  flag: { array: Uint8Array, unit: '' },
} as const satisfies Record<keyof Kinds, object>;

/** Where arrays of a column are: a channel's log, a round of the benchmark, a batch for the shell. */
type Place = 'log' | 'round' | 'feed';

interface SampleColumn {
  kind: keyof Kinds;
  /** When a sample has none: NaN here, null in JSON, an empty field in CSV. Null when each has one. */
  missing: string | null;
  places: readonly Place[];
  /** Its name in the recording; null when it is not in it, because it follows from the others. */
  json: string | null;
  csv: string;
  /** For docs/measuring.md. */
  means: string;
  /** Recordings from before it came don't have it. */
  addedLater?: true;
  /** Of pings sent while stages are measured: no memory is taken for it, and it is not in the recording, until then. */
  stamp?: true;
}

/** What all stage stamps have in common. */
const STAMP = { kind: 'time', missing: 'not seen', places: ['log', 'round'], addedLater: true, stamp: true } as const;

export const SAMPLE_COLUMNS = {
  sequence: {
    kind: 'count',
    missing: null,
    places: [],
    json: 'seq',
    csv: 'seq',
    means: 'sequence number in the channel',
  },
  intendedNs: {
    kind: 'time',
    missing: null,
    places: ['log', 'round', 'feed'],
    json: 'intendedNs',
    csv: 'intended_ns',
    means: 'when it was meant to be sent',
  },
  sentNs: {
    kind: 'time',
    missing: 'never sent',
    places: ['log', 'round', 'feed'],
    json: 'sentNs',
    csv: 'sent_ns',
    means: 'when it was sent',
  },
  rttNs: {
    kind: 'duration',
    missing: 'not answered in time',
    places: ['log', 'round', 'feed'],
    json: 'rttNs',
    csv: 'rtt_ns',
    means: 'round trip from the actual send',
  },
  rttFromIntendedNs: {
    kind: 'duration',
    missing: 'not answered in time',
    places: [],
    json: null,
    csv: 'rtt_from_intended_ns',
    means: '… and from the intended one',
  },
  outcome: {
    kind: 'outcome',
    missing: null,
    places: ['log', 'round'],
    json: 'outcome',
    csv: 'outcome',
    means: 'what became of it, as above',
  },
  payloadBytes: {
    kind: 'bytes',
    missing: null,
    places: ['log'],
    json: 'payloadBytes',
    csv: 'payload_bytes',
    means: 'without the 24-byte header',
  },
  hidden: {
    kind: 'flag',
    missing: null,
    places: ['log'],
    json: 'hidden',
    csv: 'hidden',
    means: 'the measured page or the window was hidden, where Chromium may throttle; 1 or 0 in CSV',
  },
  wroteNs: { ...STAMP, json: 'wroteNs', csv: 'wrote_ns', means: 'stage: the call that sent it had returned' },
  peerReadNs: { ...STAMP, json: 'peerReadNs', csv: 'peer_read_ns', means: 'stage: the peer’s thread had it' },
  peerTookNs: { ...STAMP, json: 'peerTookNs', csv: 'peer_took_ns', means: 'stage: the peer’s JavaScript had it' },
  peerAnsweredNs: {
    ...STAMP,
    json: 'peerAnsweredNs',
    csv: 'peer_answered_ns',
    means: 'stage: the peer had its answer and handed it over',
  },
  peerWroteNs: {
    ...STAMP,
    json: 'peerWroteNs',
    csv: 'peer_wrote_ns',
    means: 'stage: the call that sent the answer had returned; comes with the next pong',
  },
  readNs: { ...STAMP, json: 'readNs', csv: 'read_ns', means: 'stage: our thread had the answer' },
  peerErrorNs: {
    ...STAMP,
    kind: 'duration',
    json: 'peerErrorNs',
    csv: 'peer_error_ns',
    means: 'how far the peer’s stamps may be off; 0 on the same clock',
  },
} as const satisfies Record<string, SampleColumn>;

type Table = typeof SAMPLE_COLUMNS;
export type ColumnName = keyof Table;
/** Columns that hold something of their own. */
export type KeptColumn = { [N in ColumnName]: Table[N]['json'] extends null ? never : N }[ColumnName];
export type ColumnIn<P extends Place> = {
  [N in ColumnName]: P extends Table[N]['places'][number] ? N : never;
}[ColumnName];
/** Columns of one length. */
export type Columns<P extends Place> = { [N in ColumnIn<P>]: Kinds[Table[N]['kind']]['array'] };
/** When a ping reached which point, on the clock of its other times. */
export type StampColumn = { [N in ColumnName]: Table[N] extends { stamp: true } ? N : never }[ColumnName];
export type Stamps = { [N in StampColumn]: number };
/** One ping. It has stamps when those near it in its log have some. */
export type Sample = { [N in Exclude<KeptColumn, StampColumn>]: Kinds[Table[N]['kind']]['value'] } & Partial<Stamps>;

const COLUMN_NAMES = Object.keys(SAMPLE_COLUMNS) as ColumnName[];
export const KEPT_COLUMNS = COLUMN_NAMES.filter((name): name is KeptColumn => SAMPLE_COLUMNS[name].json !== null);
export const STAMP_COLUMNS = COLUMN_NAMES.filter((name): name is StampColumn => 'stamp' in SAMPLE_COLUMNS[name]);
const PLACES = { log: namesIn('log'), round: namesIn('round'), feed: namesIn('feed') };

/** Sample `at` of a piece of the log. Written out, and not a loop over the table: it runs several times for every ping. */
export function readSample(columns: Columns<'log'>, at: number, sequence: number): Sample {
  const sample: Sample = {
    sequence,
    intendedNs: columns.intendedNs[at] as number,
    sentNs: columns.sentNs[at] as number,
    rttNs: columns.rttNs[at] as number,
    outcome: OUTCOMES[columns.outcome[at] as number] as Outcome,
    payloadBytes: columns.payloadBytes[at] as number,
    hidden: columns.hidden[at] === 1,
  };
  if (hasStamps(columns)) for (const name of STAMP_COLUMNS) sample[name] = columns[name][at] as number;
  return sample;
}

/** How many numbers `copySample` writes. */
export const LOG_COLUMNS = PLACES.log.length;

/** Sample `at` of a piece of the log as numbers, one for each column, from `to` on. Stamps that it has no room for are NaN. */
export function copySample(columns: Columns<'log'>, at: number, into: Float64Array, to: number): void {
  for (let i = 0; i < LOG_COLUMNS; i += 1) into[to + i] = columns[PLACES.log[i] as ColumnIn<'log'>][at] ?? Number.NaN;
}

/** Takes over sample `at` from numbers that `copySample` wrote. Room for stamps is taken when there are any. */
export function pasteSample(columns: Columns<'log'>, at: number, from: Float64Array, fromAt: number): void {
  for (let i = 0; i < LOG_COLUMNS; i += 1) {
    const name = PLACES.log[i] as ColumnIn<'log'>;
    const value = from[fromAt + i] as number;
    if (isStamp(name) && !hasStamps(columns)) {
      if (Number.isNaN(value)) continue;
      addStamps(columns);
    }
    columns[name][at] = value;
  }
}

/** Times and durations begin as NaN: nothing is known of them yet. Those of stamps are empty until they are asked for. */
export function newColumns<P extends Place>(place: P, length: number, stamps = false): Columns<P> {
  return build(place, (name) => {
    const column = new KINDS[SAMPLE_COLUMNS[name].kind].array(isStamp(name) && !stamps ? 0 : length);
    return column instanceof Float64Array ? column.fill(Number.NaN) : column;
  });
}

export function hasStamps(columns: Pick<Columns<'log'>, StampColumn>): boolean {
  return columns.wroteNs.length > 0;
}

/** Makes room for the stamps of every sample of a piece of the log that has none. */
export function addStamps(columns: Columns<'log'>): void {
  for (const name of STAMP_COLUMNS) columns[name] = new Float64Array(columns.outcome.length).fill(Number.NaN);
}

/** Columns that come of each of these. */
export function mapColumns<P extends Place>(
  place: P,
  columns: Columns<P>,
  map: (column: AnyArray) => AnyArray,
): Columns<P> {
  return build(place, (name) => map(arrayOf(columns, name)));
}

/** Puts all of `piece` into `columns`, from `at` on. */
export function setColumns<P extends Place>(place: P, columns: Columns<P>, piece: Columns<P>, at: number): void {
  for (const name of PLACES[place] as Array<ColumnIn<P>>) {
    const column = arrayOf(piece, name);
    // A piece without stamps leaves those of the whole as they are.
    if (column.length > 0) arrayOf(columns, name).set(column, at);
  }
}

/** Writes one sample. Its times count from `zeroNs`. */
export function putSample<P extends Place>(
  place: P,
  columns: Columns<P>,
  at: number,
  sample: Sample,
  zeroNs: number,
): void {
  for (const name of PLACES[place]) {
    const column = arrayOf(columns, name as ColumnIn<P>);
    if (column.length === 0) continue;
    const value = sample[name];
    const code = typeof value === 'string' ? outcomeCode[value] : Number(value);
    column[at] = SAMPLE_COLUMNS[name].kind === 'time' ? code - zeroNs : code;
  }
}

/** What a round keeps of one ping. */
export type RoundSample = Pick<Sample, ColumnIn<'round'>>;

/** Sample `at` of a round. */
export function readRoundSample(columns: Columns<'round'>, at: number): RoundSample {
  const sample: Record<string, unknown> = {};
  for (const name of PLACES.round) {
    const value = columns[name][at] as number;
    if (columns[name].length > 0) sample[name] = name === 'outcome' ? OUTCOMES[value] : value;
  }
  return sample as RoundSample;
}

/** What is in the recording. */
export function jsonColumns(stamps: boolean): readonly KeptColumn[] {
  return KEPT_COLUMNS.filter((name) => stamps || !isStamp(name));
}

/** One row per sample in CSV: of the recording, and of what a round of the benchmark keeps. */
export function csvColumns(stamps: boolean): readonly ColumnName[] {
  return COLUMN_NAMES.filter((name) => stamps || !isStamp(name));
}

export function roundCsvColumns(stamps: boolean): readonly ColumnName[] {
  return csvColumns(stamps).filter(
    (name) => (PLACES.round as ColumnName[]).includes(name) || name === 'rttFromIntendedNs',
  );
}

/** The fields of one row; empty where a value is missing. `sample` has at least what these columns are made of. */
export function csvFields(names: readonly ColumnName[], sample: RoundSample & Partial<Sample>): string {
  let fields = '';
  let separator = '';
  for (const name of names) {
    const value = name === 'rttFromIntendedNs' ? fromIntendedNs(sample) : sample[name];
    fields += separator;
    separator = ',';
    if (typeof value === 'boolean') fields += value ? '1' : '0';
    else if (value !== undefined && !Number.isNaN(value)) fields += String(value);
  }
  return fields;
}

/** The round trip with what the ping was sent late. */
export function fromIntendedNs({ intendedNs, sentNs, rttNs }: Pick<Sample, 'intendedNs' | 'sentNs' | 'rttNs'>): number {
  return rttNs + sentNs - intendedNs;
}

export function unitOf(name: ColumnName): string {
  return KINDS[SAMPLE_COLUMNS[name].kind].unit;
}

function isStamp(name: ColumnName): name is StampColumn {
  return 'stamp' in SAMPLE_COLUMNS[name];
}

type AnyArray = Kinds[keyof Kinds]['array'];

function namesIn<P extends Place>(place: P): Array<ColumnIn<P>> {
  return COLUMN_NAMES.filter((name) => (SAMPLE_COLUMNS[name].places as readonly Place[]).includes(place)) as Array<
    ColumnIn<P>
  >;
}

function arrayOf<P extends Place>(columns: Columns<P>, name: ColumnIn<P>): AnyArray {
  return columns[name];
}

function build<P extends Place>(place: P, make: (name: ColumnIn<P>) => AnyArray): Columns<P> {
  return Object.fromEntries((PLACES[place] as Array<ColumnIn<P>>).map((name) => [name, make(name)])) as Columns<P>;
}
