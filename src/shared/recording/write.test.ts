import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exampleChannel, exampleRecording } from '../../../tests/schema/example-recording';
import { SampleLog } from '../measure/sample-log';
import { type Message, render } from '../messages/message';
import type { CutRecording } from './cut';
import { type Recording, recordingSchema } from './schema';
import { csvField, csvHeader, csvPieces, jsonPieces, type Piece } from './write';

/** As version 1 wrote it. */
const OLD_RECORDING = join(import.meta.dirname, '../../../tests/schema/recording-v1.json');

const example = async () => exampleRecording([await exampleChannel('echo'), await exampleChannel('digest')]);
const textOf = (pieces: Iterable<Piece>) => [...pieces].map(({ content }) => content as string).join('');
const json = (recording: CutRecording) => JSON.parse(textOf(jsonPieces(recording))) as Recording;

function manySamples(count: number): SampleLog {
  const log = new SampleLog();
  for (let i = 0; i < count; i += 1) {
    log.append(i * 1000, 64, false);
    log.markSent(i, i * 1000 + 1);
    log.settle(i, 'answered', 5000 + i);
  }
  return log;
}

/** Reads CSV as RFC 4180 has it. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  let field = '';
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i] as string;
    if (quoted) {
      if (character !== '"') field += character;
      else if (text[i + 1] === '"') {
        field += '"';
        i += 1;
      } else quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === ',' || (character === '\r' && text[i + 1] === '\n')) {
      rows.at(-1)?.push(field);
      field = '';
      if (character === '\r') {
        i += 1;
        if (i + 1 < text.length) rows.push([]);
      }
    } else field += character;
  }
  return rows;
}

describe('JSON', () => {
  test('the pieces together fit the schema of a recording', async () => {
    const parsed = recordingSchema.safeParse(json(await example()));
    expect(parsed.error).toBeUndefined();
  });

  test('a recording from before the verdicts were compared still fits', async () => {
    const recording = json(await example());
    for (const incident of recording.incidents) {
      for (const key of ['startKnownFrom', 'noticedNs', 'verdict'] as const) delete incident[key];
      for (const survivor of incident.survivors)
        for (const key of ['label', 'comparison'] as const) delete survivor[key];
    }
    expect(recordingSchema.safeParse(recording).error).toBeUndefined();
  });

  test('one of version 1, which has no codes, still fits', () => {
    const old = JSON.parse(readFileSync(OLD_RECORDING, 'utf8')) as unknown;
    expect(old).toMatchObject({ version: 1, events: [{ label: 'digest crashed' }] });
    expect(recordingSchema.safeParse(old).error).toBeUndefined();
  });

  test('a version that is not known yet is refused', async () => {
    expect(recordingSchema.safeParse({ ...json(await example()), version: 3 }).success).toBe(false);
  });

  test('what is said stands there in English and in codes that say the same', async () => {
    const { version, events, incidents } = json(await example());
    expect(version).toBe(2);
    for (const { label, detail, labelMessage, detailMessage } of events)
      expect([labelMessage, detailMessage].map((each) => render(each as Message))).toEqual([label, detail]);
    for (const { how, howMessage } of incidents) expect(render(howMessage as Message)).toBe(how);
  });

  test('nothing of the head is lost or added', async () => {
    const recording = await example();
    const { channels: _cut, floorSeries: _floors, processes: _running, cpu: _cpu, ...head } = recording;
    const { channels: _written, floorSeries: _floorsWritten, ...written } = json(recording);
    expect(written).toEqual(head);
  });

  test('the columns hold every settled sample, in order', async () => {
    const recording = await example();
    const samples = json(recording).channels[0]?.samples;
    const settled = [...(recording.channels[0]?.samples() ?? [])];
    expect(samples?.seq).toEqual(settled.map(({ sequence }) => sequence));
    expect(samples?.outcome).toEqual(settled.map(({ outcome }) => outcome));
    expect(samples?.intendedNs).toEqual(settled.map(({ intendedNs }) => intendedNs));
    expect(samples?.hidden).toEqual(settled.map(({ hidden }) => hidden));
    expect(samples?.payloadBytes).toEqual(settled.map(({ payloadBytes }) => payloadBytes));
  });

  test('a ping that was never sent has null for its sent time, one without an answer null for its round trip', async () => {
    const samples = json(await example()).channels[0]?.samples;
    const at = samples?.outcome.indexOf('refused') ?? -1;
    expect([samples?.sentNs[at], samples?.rttNs[at]]).toEqual([null, null]);
    const timeout = samples?.outcome.indexOf('timeout') ?? -1;
    expect([samples?.sentNs[timeout] === null, samples?.rttNs[timeout]]).toEqual([false, null]);
  });

  test('all columns are of one length, also over many pieces', async () => {
    const recording = exampleRecording([await exampleChannel('echo', manySamples(2500))]);
    const lengths = Object.values(json(recording).channels[0]?.samples ?? {}).map((column) => column?.length);
    expect(new Set(lengths)).toEqual(new Set([2500]));
  });

  test('the kernel floors have their samples as channels have, and count for no progress', async () => {
    const { fromSent: _, fromIntended: __, ...cut } = await exampleChannel('floor', manySamples(1200));
    const { sampleCount, stamped, samples, countSince, samplesOmitted } = cut;
    const floor = { id: 'floor:fifo', transports: ['fifo' as const], samplesOmitted };
    const recording = {
      ...exampleRecording([await exampleChannel('echo')]),
      floorSeries: [{ ...floor, sampleCount, stamped, samples, countSince }],
    };
    const [written, ...others] = recordingSchema.parse(json(recording)).floorSeries ?? [];
    expect(others).toEqual([]);
    expect(written).toMatchObject(floor);
    expect(written?.samples.rttNs).toEqual([...samples()].map(({ rttNs }) => rttNs));
    expect(new Set(Object.values(written?.samples ?? {}).map((column) => column?.length))).toEqual(new Set([1200]));
    expect([...jsonPieces(recording)].reduce((sum, piece) => sum + piece.samples, 0)).toBe(8);
  });

  test('a recording without channels is one, too', () => {
    expect(recordingSchema.parse(json(exampleRecording([]))).channels).toEqual([]);
  });

  test('a channel without samples is one, too', async () => {
    const recording = exampleRecording([await exampleChannel('echo', new SampleLog())]);
    const parsed = recordingSchema.parse(json(recording));
    expect(parsed.channels[0]?.samples.seq).toEqual([]);
    expect(parsed.channels[0]?.fromSent).toBeNull();
  });

  test.each(['quote " and \\ backslash', 'new\nline', '<script>', '名前', '\u2028'])(
    'the name %j comes out as it went in',
    async (name) => {
      expect(json(exampleRecording([await exampleChannel(name)])).channels[0]?.process.name).toBe(name);
    },
  );

  test('the samples of the pieces add up to those of the recording, for the progress', async () => {
    const recording = exampleRecording([
      await exampleChannel('echo', manySamples(2500)),
      await exampleChannel('digest'),
    ]);
    const counted = [...jsonPieces(recording)].reduce((sum, { samples }) => sum + samples, 0);
    expect(counted).toBe(2500 + 8);
  });

  test('no piece holds more than a thousand samples', async () => {
    const recording = exampleRecording([await exampleChannel('echo', manySamples(2500))]);
    expect(Math.max(...[...jsonPieces(recording)].map(({ samples }) => samples))).toBe(1000);
  });
});

describe('CSV', () => {
  test('the first row names the columns', async () => {
    expect(parseCsv(textOf(csvPieces(await example())))[0]).toEqual(csvHeader(false));
  });

  test('there is one row per settled sample, and each equals the JSON columns', async () => {
    const recording = await example();
    const [, ...rows] = parseCsv(textOf(csvPieces(recording)));
    const expected = json(recording).channels.flatMap(({ id, process, transport, samples }) =>
      samples.seq.map((seq, i) => {
        const [intended, sent, rtt] = [
          samples.intendedNs[i] as number,
          samples.sentNs[i] ?? null,
          samples.rttNs[i] ?? null,
        ];
        const fromIntended = sent === null || rtt === null ? '' : String(rtt + sent - intended);
        return [
          id,
          process.name,
          transport,
          String(seq),
          String(intended),
          String(sent ?? ''),
          String(rtt ?? ''),
          fromIntended,
          samples.outcome[i],
          String(samples.payloadBytes[i]),
          samples.hidden[i] ? '1' : '0',
        ];
      }),
    );
    expect(rows).toEqual(expected);
    expect(rows).toHaveLength(16);
  });

  test('stage stamps have columns when some ping has one', async () => {
    const log = manySamples(2);
    log.stamp(1, 'peerTookNs', 1234);
    const recording = exampleRecording([await exampleChannel('echo', log)]);
    const [header, first, second] = parseCsv(textOf(csvPieces(recording)));
    const at = header?.indexOf('peer_took_ns') ?? -1;
    expect([header, first?.[at], second?.[at]]).toEqual([csvHeader(true), '', '1234']);
    expect(json(recording).channels[0]?.samples.peerTookNs).toEqual([null, 1234]);
    expect(json(recording).channels[0]?.samples.readNs).toEqual([null, null]);
  });

  test('every line ends with CR LF, the last one as well', async () => {
    const text = textOf(csvPieces(await example()));
    expect(text.endsWith('\r\n')).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  test.each(['with, comma', 'with "quotes"', 'with\nnewline', 'with\r\nboth', '"', ',', 'plain'])(
    'the name %j comes out as it went in',
    async (name) => {
      const rows = parseCsv(textOf(csvPieces(exampleRecording([await exampleChannel(name)]))));
      expect(rows[1]?.slice(0, 2)).toEqual([`plugin:${name}/message-port`, name]);
      expect(new Set(rows.map((row) => row.length))).toEqual(new Set([csvHeader(false).length]));
    },
  );

  test('a field is quoted only when it has to be', () => {
    expect(csvField('echo · Pipe')).toBe('echo · Pipe');
    expect(csvField('a,b')).toBe('"a,b"');
    expect(csvField('say "hi"')).toBe('"say ""hi"""');
  });

  test('a recording without samples is the header alone', () => {
    expect(textOf(csvPieces(exampleRecording([])))).toBe(`${csvHeader(false).join(',')}\r\n`);
  });

  test('many samples are all there, over many pieces', async () => {
    const recording = exampleRecording([await exampleChannel('echo', manySamples(2500))]);
    expect(parseCsv(textOf(csvPieces(recording)))).toHaveLength(2501);
  });
});
