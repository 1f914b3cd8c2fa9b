// @ts-check
import path from 'node:path';
import { expect, test } from 'vitest';
import { parseCommand } from './options.mjs';
import { usage } from './usage.mjs';

const cwd = path.resolve('/some where');
/** @param {string} line */
const parse = (line) => /** @type {any} */ (parseCommand(line.split(' '), cwd));

test('bench alone: every method, 64 B, a closed loop', () => {
  expect(parse('bench')).toEqual({
    command: 'bench',
    request: {
      methods: null,
      routes: null,
      sizes: [64],
      placement: 'free',
      io: 'native',
      thread: 'main',
      mode: { kind: 'closed', cycles: 10_000 },
      rounds: 3,
      warmup: 1000,
      timeoutMs: 2000,
      floor: true,
      thresholds: [],
    },
    output: { json: null, csv: null, hgrm: null, html: null, trace: null },
  });
});

test('the lines of the issue', () => {
  expect(parse('bench -n 1000 --method tcp').request).toMatchObject({
    methods: ['tcp'],
    mode: { kind: 'closed', cycles: 1000 },
  });
  expect(
    parse('bench --method unix-dgram,fifo --size 64,1024,65536 --placement same-core --rounds 5 --json out.json'),
  ).toMatchObject({
    request: { methods: ['unix-dgram', 'fifo'], sizes: [64, 1024, 65_536], placement: 'same-core', rounds: 5 },
    output: { json: path.join(cwd, 'out.json') },
  });
  expect(parse('bench --rate 1000 --duration 10 --method unix-dgram --hgrm DIR --csv out.csv')).toMatchObject({
    request: { mode: { kind: 'open', ratePerSecond: 1000, durationS: 10 } },
    output: { hgrm: path.join(cwd, 'DIR'), csv: path.join(cwd, 'out.csv') },
  });
  expect(parse('bench --threshold unix-dgram.p99<500us --threshold shmem.p50<5us').request.thresholds).toMatchObject([
    { method: 'unix-dgram', metric: 'p99', limitNs: 500_000 },
    { method: 'shmem', metric: 'p50', limitNs: 5000 },
  ]);
});

test('who reads and writes: the addon unless Node.js is asked for, and nobody else', () => {
  expect(parse('bench --io node').request.io).toBe('node');
  expect(parse('bench --io libuv')).toMatchObject({
    error: expect.stringContaining('--io must be native or node, not "libuv".'),
  });
});

test('stages are measured when they are asked for', () => {
  expect(parse('bench --anatomy').request).toMatchObject({ anatomy: true });
  expect(parse('bench').request).not.toHaveProperty('anatomy');
});

test.each(['json', 'csv', 'html', 'trace'])('a dash at --%s is standard output, not a file', (name) => {
  expect(parse(`bench --${name} -`).output[name]).toBe('-');
});

test.each([
  ['bench --json - --trace -', '--json and --trace can\'t both be standard output ("-")'],
  ['bench --hgrm -', '--hgrm takes a folder, not standard output ("-")'],
  ['bench --json a.json --csv ./a.json', '--json and --csv name one and the same file'],
])('%s is refused', (line, wanted) => {
  expect(parse(line).error).toContain(wanted);
});

test('devices may be named twice', () => {
  expect(parse('bench --json /dev/null --csv /dev/null').output).toMatchObject({ json: '/dev/null', csv: '/dev/null' });
});

test('every method may be asked for by the word all, which stands alone', () => {
  expect(parse('bench --method all').request.methods).toBeNull();
  expect(parse('bench --method all,tcp').error).toContain('--method all');
});

test('methods and sizes may be repeated as well as listed; a size counts once', () => {
  expect(parse('bench --method tcp --method udp,fifo --size 0 --size 1KiB,1m,1024').request).toMatchObject({
    methods: ['tcp', 'udp', 'fifo'],
    sizes: [0, 1024, 1024 * 1024],
  });
});

test('routes are a list as well, or the word all', () => {
  expect(parse('bench --method message-port --route plugin-plugin,browser-renderer').request.routes).toEqual([
    'plugin-plugin',
    'browser-renderer',
  ]);
  expect(parse('bench --route all').request.routes).toEqual(['all']);
});

test.each([
  ['-n 0', '-n|--cycles'],
  ['-n 1.5', 'cycles'],
  ['--size 2MiB', '--size'],
  ['--size -1', '--size'],
  ['--size lots', '--size'],
  ['--method tcp,', '--method'],
  ['--route plugin-plugin,', '--route'],
  ['--placement here', '--placement'],
  ['--rate 0', '--rate'],
  ['--rate 10001', '--rate'],
  ['--duration 5', '--duration goes with --rate'],
  ['--rate 5 -n 5', 'exclude'],
  ['--rate 10000 --duration 86400', 'at most'],
  ['--rounds 0', '--rounds'],
  ['--timeout 1', '--timeout'],
  ['--json=', '--json'],
  ['--threshold tcp.p99', '--threshold'],
  ['--threshold tcp.p98<1us', 'no metric "p98"'],
  ['--threshold tcp.p99<5', 'unit'],
  ['--threshold tcp.p99<5min', 'unit'],
  ['--frobnicate', '--frobnicate'],
  ['tcp', '"tcp" is not expected'],
])('bench %s is refused with a sentence', (args, words) => {
  expect(parse(`bench ${args}`)).toEqual({
    error: expect.stringMatching(new RegExp(`${words}[^]* See: bulkhead bench --help$`)),
  });
});

test.each(['serve --method unix-dgram --path p', 'ping --method unix-dgram --path p'])(
  '%s: the path becomes absolute',
  (line) => {
    expect(parse(line)).toMatchObject({ method: 'unix-dgram', place: { kind: 'path', path: path.join(cwd, 'p') } });
  },
);

test('ping as in the issue', () => {
  expect(parse('ping --method unix-dgram --path /p -n 100000 --out results.json')).toEqual({
    command: 'ping',
    method: 'unix-dgram',
    place: { kind: 'path', path: path.resolve('/p') },
    cycles: 100_000,
    sizeBytes: 64,
    warmup: 100,
    timeoutMs: 2000,
    out: path.join(cwd, 'results.json'),
  });
});

test.each([
  ['serve', '--method is needed'],
  ['serve --method smoke --path p', '--method must be one of'],
  ['serve --method fifo', '--path is needed'],
  ['serve --method fifo --path p --port 1', '--port is not for fifo'],
  ['serve --method tcp', '--port is needed'],
  ['serve --method tcp --path p', '--path is not for tcp'],
  ['serve --method udp --port 70000', '--port must be'],
  ['ping --method udp --port 0', '--port must be'],
  ['ping --method fifo --path p -n none', 'cycles must be'],
])('%s is refused with a sentence', (line, words) => {
  expect(parse(line)).toEqual({ error: expect.stringContaining(words) });
});

test.each(/** @type {const} */ (['bench', 'serve', 'ping']))(
  '%s --help is its own help, and names every option',
  (name) => {
    expect(parse(`${name} --help`)).toEqual({ command: 'help', about: name });
    expect(usage[name]).toContain(`bulkhead ${name}`);
    expect(usage.run).toContain(`bulkhead ${name}`);
  },
);

test('every option of bench is in its help', () => {
  for (const option of [
    '--method',
    '--route',
    '--size',
    '-n',
    '--rate',
    '--duration',
    '--rounds',
    '--warmup',
    '--placement',
    '--timeout',
    '--no-floor',
    '--json',
    '--csv',
    '--hgrm',
    '--trace',
    '--anatomy',
    '--threshold',
  ]) {
    expect(usage.bench).toContain(option);
  }
});

test('an option before the command is told so', () => {
  expect(parse('--headless bench')).toEqual({ error: expect.stringContaining('has to come first') });
});
