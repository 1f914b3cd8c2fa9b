// @ts-check
import path from 'node:path';
import { expect, test } from 'vitest';
import { parseCommand, settleOptions } from './options.mjs';

const cwd = path.resolve('/some where');
const defaults = {
  headless: false,
  durationS: null,
  exportDir: null,
  rate: null,
  payloadBytes: null,
  profileDir: null,
};

test('no arguments run the app as it is', () => {
  expect(parseCommand([], cwd)).toEqual({ command: 'run', options: defaults, chromiumSwitches: [] });
});

test('run takes all options, and folders become absolute', () => {
  const line = 'run --headless --duration 2.5 --export out/x --rate 1000 --payload 0 --stages --profile /p';
  expect(parseCommand(line.split(' '), cwd)).toEqual({
    command: 'run',
    options: {
      headless: true,
      durationS: 2.5,
      exportDir: path.join(cwd, 'out', 'x'),
      rate: 1000,
      payloadBytes: 0,
      stages: true,
      profileDir: path.resolve('/p'),
    },
    chromiumSwitches: [],
  });
});

test('options work without the word run', () => {
  expect(parseCommand(['--duration=10'], cwd)).toMatchObject({
    command: 'run',
    options: { ...defaults, durationS: 10 },
  });
});

test('what stands after -- is for Chromium', () => {
  expect(parseCommand(['run', '--rate', '5', '--', '--enable-logging', '--lang=de'], cwd)).toEqual({
    command: 'run',
    options: { ...defaults, rate: 5 },
    chromiumSwitches: ['--enable-logging', '--lang=de'],
  });
});

test.each([['--no-sandbox'], ['--disable-setuid-sandbox'], ['--single-process']])(
  'nobody takes the sandbox away by %s',
  (word) => {
    expect(parseCommand(['--', word], cwd)).toEqual({ error: expect.stringContaining('sandbox') });
  },
);

test.each([['https://example.com'], ['-r'], ['--']])('after -- %s is refused: it is no switch', (word) => {
  expect(parseCommand(['--', word], cwd)).toEqual({ error: expect.stringContaining(`not "${word}"`) });
});

test.each([
  [['--help'], 'help'],
  [['-h'], 'help'],
  [['run', '--help'], 'help'],
  [['--version'], 'version'],
  [['-v'], 'version'],
])('%j is the command %s', (argv, command) => {
  expect(parseCommand(argv, cwd)).toEqual({ command });
});

test.each([
  [['--foo'], 'no option --foo'],
  [['-x'], 'no option -x'],
  [['walk'], 'no command "walk"'],
  [['run', 'there'], '"there" is not expected'],
  [['--rate'], '--rate needs a value'],
  [['--rate', '--headless'], '--rate needs a value'],
  [['--rate', '0'], '--rate must be'],
  [['--rate', '1001'], '--rate must be'],
  [['--rate', '1.5'], '--rate must be'],
  [['--rate', '1e2'], '--rate must be'],
  [['--rate='], '--rate must be'],
  [['--rate=-1'], '--rate must be'],
  [['--payload', '32769'], '--payload must be'],
  [['--payload', 'many'], '--payload must be'],
  [['--duration', '0'], '--duration must be'],
  [['--duration=-3'], '--duration must be'],
  [['--duration', 'Infinity'], '--duration must be'],
  [['--duration', '10s'], '--duration must be'],
  [['--export='], '--export needs'],
  [['--profile='], '--profile needs'],
  [['--headless=yes'], '--headless takes no value'],
])('%j is refused in one line that points to the help', (argv, words) => {
  const parsed = parseCommand(argv, cwd);
  expect(parsed).toEqual({ error: expect.stringContaining(words) });
  expect(parsed).toEqual({ error: expect.stringMatching(/^[^\n]+ See: bulkhead --help$/) });
});

/** @param {NodeJS.Platform} platform @param {NodeJS.ProcessEnv} env */
const settle = (platform, env, options = defaults) => settleOptions(options, { platform, env, cwd });

test('linux without a display runs headless, says so, and exports into ./exports', () => {
  const { options, notice } = settle('linux', {});
  expect(options).toMatchObject({ headless: true, exportDir: path.join(cwd, 'exports') });
  expect(notice).toContain('no display');
});

test.each([
  ['linux', { DISPLAY: ':0' }],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }],
  ['darwin', {}],
  ['win32', {}],
])('on %s with %j there is a window and nothing is said', (platform, env) => {
  expect(settle(/** @type {NodeJS.Platform} */ (platform), env)).toEqual({ options: defaults, notice: null });
});

test('headless by choice needs no notice and keeps its export folder', () => {
  const { options, notice } = settle(
    'linux',
    {},
    { ...defaults, headless: true, exportDir: /** @type {any} */ ('/e') },
  );
  expect(options.exportDir).toBe('/e');
  expect(notice).toBeNull();
});
