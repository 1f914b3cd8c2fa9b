/// <reference lib="dom" />
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordingSchema } from '../../src/shared/recording/schema';
import { csvHeader } from '../../src/shared/recording/write';
import { type AppUnderTest, launchMeasuring, ownedFolder, until } from './support/app';
import { readTrace } from '../support/trace-format';
import { worded } from '../support/worded';

let app: AppUnderTest;
let folder: string;
beforeAll(async () => {
  app = await launchMeasuring();
  folder = ownedFolder(app.home, 'exports');
  // The picture is of what is shown: the crash is to be in it, however long the tests take.
  await app.shell.locator('input[name="window"][value="10min"]').check({ force: true });
  await app.press('plugin:echo', 'crash');
  await until(async () => expect((await app.recording()).events.some((event) => event.kind === 'restart')).toBe(true));
  await app.untilMeasuring(9);
});
afterAll(() => app?.close());

test('CSV: one row per sample, the same as in the JSON recording', async () => {
  await until(async () =>
    expect((await app.recording()).channels.every(({ samples }) => samples.seq.length >= 20)).toBe(true),
  );
  const csvPath = join(folder, 'samples.csv');
  expect(await app.exportTo(csvPath, 'csv')).toEqual({ status: 'saved', path: csvPath });
  const { channels } = await app.recording();
  const [header, ...rows] = readFileSync(csvPath, 'utf8').split('\r\n');
  expect(header).toBe(csvHeader(false).join(','));
  expect(rows.pop()).toBe('');
  expect(rows.length).toBeGreaterThanOrEqual(9 * 20);
  // The recording was cut a little later: every row of the CSV stands in it, unchanged.
  const recorded = new Map(channels.map(({ id, samples }) => [id, samples]));
  for (const row of rows) {
    const [channel, , , seq, intended, sent, rtt, , outcome, payload] = row.split(',');
    const samples = recorded.get(channel as string);
    const at = samples?.seq.indexOf(Number(seq)) ?? -1;
    const field = (value: number | null | undefined) => (value === null || value === undefined ? '' : String(value));
    expect([intended, sent, rtt, outcome, payload], row).toEqual([
      field(samples?.intendedNs[at]),
      field(samples?.sentNs[at]),
      field(samples?.rttNs[at]),
      samples?.outcome[at],
      field(samples?.payloadBytes[at]),
    ]);
  }
});

test('JSON: percentiles in it agree with its own samples', async () => {
  const { channels } = await app.recording();
  for (const { id, samples, fromSent } of channels) {
    const sorted = samples.rttNs.filter((ns) => ns !== null).toSorted((a, b) => a - b);
    expect(fromSent?.count, id).toBe(sorted.length);
    expect(fromSent?.p50, id).toBe(sorted[Math.ceil(sorted.length / 2) - 1]);
    expect(fromSent?.max, id).toBe(sorted.at(-1));
  }
});

test('SVG: parses as XML, with title, axis labels, key, a legend entry for every channel and the event marker', async () => {
  const path = join(folder, 'chart.svg');
  expect(await app.exportTo(path, 'svg')).toEqual({ status: 'saved', path });
  const svg = readFileSync(path, 'utf8');
  const parsed = await app.shell.evaluate((text) => {
    const page = new DOMParser().parseFromString(text, 'image/svg+xml');
    return {
      error: page.querySelector('parsererror')?.textContent ?? null,
      root: page.documentElement.localName,
      text: page.documentElement.textContent ?? '',
      paths: page.querySelectorAll('path').length,
    };
  }, svg);
  expect(parsed).toMatchObject({ error: null, root: 'svg' });
  for (const words of ['Bulkhead', 'Round trip', 'Time', 'alpha.test', 'echo', 'digest', 'lost ping', 'min–max'])
    expect(parsed.text).toContain(words);
  expect(parsed.text).toMatch(/echo (crashed|restarted)/);
  expect(parsed.paths).toBeGreaterThanOrEqual(9);
  expect(svg).not.toMatch(/(href|src)="(?!#)/);
});

test('PNG: twice the size of the chart, and not blank', async () => {
  const path = join(folder, 'chart.png');
  expect(await app.exportTo(path, 'png')).toEqual({ status: 'saved', path });
  const bytes = readFileSync(path);
  expect(bytes.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
  expect(bytes.readUInt32BE(16)).toBe(2400);
  const colours = await app.electron.evaluate(({ nativeImage }, filePath) => {
    const bitmap = nativeImage.createFromPath(filePath).toBitmap();
    const seen = new Set<number>();
    for (let at = 0; at < bitmap.length; at += 4) seen.add(bitmap.readUInt32LE(at));
    return seen.size;
  }, path);
  expect(colours).toBeGreaterThan(20);
});

test('HTML: opens by itself, shows charts and tables, and asks the network for nothing', async () => {
  const path = join(folder, 'report.html');
  expect(await app.exportTo(path, 'html')).toEqual({ status: 'saved', path });
  const opened = await app.electron.evaluate(async ({ BrowserWindow, session }, filePath) => {
    const own = session.fromPartition('report');
    const requests: string[] = [];
    own.webRequest.onBeforeRequest((details, answer) => {
      requests.push(details.url);
      answer({});
    });
    const window = new BrowserWindow({ show: false, frame: false, webPreferences: { session: own, sandbox: true } });
    await window.loadFile(filePath);
    const content = (await window.webContents.executeJavaScript(
      '({ charts: document.querySelectorAll("figure > svg").length, rows: document.querySelectorAll("tbody tr").length, text: document.body.innerText })',
    )) as {
      charts: number;
      rows: number;
      text: string;
    };
    window.destroy();
    return { requests, ...content };
  }, path);
  expect(opened.requests).toEqual([`file://${path}`]);
  expect(opened.charts).toBe(2);
  expect(opened.rows).toBeGreaterThan(9);
  expect(opened.text).toContain('echo crashed');
});

test('Trace: keeps to the format, and has every channel, both lives of a plugin that crashed, and its crash', async () => {
  const path = join(folder, 'live.trace.json');
  expect(await app.exportTo(path, 'trace')).toEqual({ status: 'saved', path });
  const { channels, events } = await app.recording();
  const trace = readTrace(readFileSync(path, 'utf8'));
  const near = new Set(trace.slices.filter(({ pid }) => pid === app.pid).map(({ tid }) => trace.rows.get(tid)));
  const rowOf = ({ label, thread }: (typeof channels)[number]) =>
    `${thread === 'worker' ? 'measuring' : 'main'} thread: ${label}`;
  for (const channel of channels) expect(near).toContain(rowOf(channel));
  const crash = events.find(({ kind }) => kind === 'crash');
  expect(trace.file.traceEvents).toContainEqual(
    expect.objectContaining({ ph: 'i', s: 'p', pid: crash?.termination?.pid, ts: (crash?.tNs as number) / 1000 }),
  );
  const echoes = [...trace.processes].filter(([, name]) => name === 'echo').map(([pid]) => pid);
  expect(echoes).toEqual([crash?.termination?.pid, await app.processPid('plugin:echo')]);
  // Its round trips are those of the recording, which was cut a little later.
  for (const channel of channels) {
    const { label, samples } = channel;
    const recorded = new Map(samples.seq.map((seq, at) => [seq, samples.rttNs[at]]));
    const counted = trace.file.traceEvents.flatMap((event) =>
      event.ph === 'B' && event.args !== undefined && trace.rows.get(event.tid)?.startsWith(rowOf(channel)) === true
        ? [event.args as { seq: number; round_trip_us: number }]
        : [],
    );
    expect(counted.length, label).toBeGreaterThan(10);
    for (const { seq, round_trip_us } of counted)
      expect(round_trip_us, `${label} ${seq}`).toBeCloseTo((recorded.get(seq) as number) / 1000, 3);
  }
});

test('a write that fails says why and leaves no half-written file', async () => {
  const gone = join(folder, 'not-there', 'samples.csv');
  expect(worded(await app.exportTo(gone, 'csv'))).toEqual({
    status: 'failed',
    message: expect.stringContaining('its folder is not there'),
  });
  // An ordinary user may not write there, and an ordinary user is what the application runs as.
  const forbidden = '/bulkhead-forbidden.json';
  expect(worded(await app.exportTo(forbidden, 'json'))).toEqual({
    status: 'failed',
    message: expect.stringContaining('may not write there'),
  });
  const taken = join(folder, 'a-folder');
  mkdirSync(taken);
  expect(await app.exportTo(taken, 'csv')).toMatchObject({ status: 'failed' });
  expect(existsSync(forbidden)).toBe(false);
  expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([]);
});

test('a link stays one and a named pipe stays one; without a reader it is refused at once', async () => {
  const link = join(folder, 'link.json');
  symlinkSync('linked.json', link);
  expect(await app.exportTo(link, 'json')).toEqual({ status: 'saved', path: link });
  expect(readlinkSync(link)).toBe('linked.json');
  expect(recordingSchema.parse(JSON.parse(readFileSync(join(folder, 'linked.json'), 'utf8'))).channels).toHaveLength(9);

  const pipe = join(folder, 'pipe.csv');
  execFileSync('mkfifo', ['-m', '666', pipe]);
  expect(worded(await app.exportTo(pipe, 'csv'))).toEqual({
    status: 'failed',
    message: expect.stringMatching(/nobody reads it\. Start its reader first/),
  });
  const reader = spawn('cat', [pipe], { stdio: ['ignore', 'pipe', 'inherit'] });
  let read = '';
  reader.stdout.on('data', (chunk: Buffer) => (read += chunk.toString()));
  const ended = once(reader, 'close');
  // Until cat has it open.
  await until(async () => expect(await app.exportTo(pipe, 'csv')).toEqual({ status: 'saved', path: pipe }));
  await ended;
  expect(read.split('\r\n')[0]).toBe(csvHeader(false).join(','));
  expect(read.endsWith('\r\n')).toBe(true);
  expect(lstatSync(pipe).isFIFO()).toBe(true);

  const full = join(folder, 'full.csv');
  symlinkSync('/dev/full', full);
  expect(worded(await app.exportTo(full, 'csv'))).toEqual({
    status: 'failed',
    message: expect.stringContaining('takes no more'),
  });
  expect(readlinkSync(full)).toBe('/dev/full');
});

test('cancelling the save dialog writes nothing', async () => {
  await app.electron.evaluate(({ dialog }) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: true, filePath: '' });
  });
  expect(await app.request('recording:export', 'csv')).toEqual({ status: 'cancelled' });
});
