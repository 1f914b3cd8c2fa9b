import { expect, test } from 'vitest';
import { formatList, formatNumber, formatSeconds, plural } from '../format';
import { TERMINATION_REASON_NAMES } from '../termination';
import { AREAS, ENGLISH } from './english/index';
import { type Message, MessageError, render, saidBy, say } from './message';

/** Any parameter that a message asks for: as text a word, as a number one, as a list two items. */
const ANY: Record<string | symbol, unknown> = new Proxy(
  {},
  {
    get: (_, name) =>
      ({
        methods: ['fifo', 'tcp'],
        sentences: ['One.', 'Two.'],
        exitCode: 3,
        signal: null,
      })[String(name)] ??
      (/(?:Ms|Bytes|bytes|Chars|pid|Code|crashes|deaths|count|most|code|version)$/.test(String(name))
        ? 5000
        : `<${String(name)}>`),
    has: () => true,
  },
);

test.each(Object.entries(ENGLISH))('%s reads as a sentence of its parameters alone', (_, write) => {
  const text = (write as (params: unknown) => string)(ANY);
  expect(text).not.toBe('');
  expect(text).not.toMatch(/undefined|NaN|\[object|null/);
  expect(text).toBe(text.trim());
});

test('no code is in two areas', () => {
  const codes = Object.values(AREAS).flatMap((area) => Object.keys(area));
  expect(codes.filter((code, i) => codes.indexOf(code) !== i)).toEqual([]);
});

test('a message is JSON and reads the same on the other side', () => {
  const message = say('event.ended', {
    name: 'echo',
    how: say('termination.killed', { exitCode: null, signal: 'SIGKILL' }),
  });
  expect(render(JSON.parse(JSON.stringify(message)) as Message)).toBe('echo killed by SIGKILL');
});

test('a list of messages is a list of their words', () => {
  const sentences = [say('result.gone'), 'As it is.'];
  expect(render(say('sentences', { sentences }))).toBe(
    'That result is not there any more. Open it, or measure, again. As it is.',
  );
});

test('a parameter that looks like a code is text', () => {
  expect(render(say('verbatim', { text: 'process.no-tab' }))).toBe('process.no-tab');
});

test('every reason for a termination has words', () => {
  for (const reason of TERMINATION_REASON_NAMES)
    expect(render(say(`termination.${reason}`, { exitCode: null, signal: null }))).toMatch(/^[a-z ]+$/);
});

test("an error of Bulkhead's own is a message; any other is what it says", () => {
  expect(saidBy(new MessageError(say('transport.no-port')))).toEqual(say('transport.no-port'));
  expect(new MessageError(say('transport.no-port')).message).toMatch(/^The message port did not come/);
  expect(saidBy(new Error('EMFILE'))).toEqual(say('verbatim', { text: 'EMFILE' }));
  expect(render(saidBy('nonsense'))).toBe('nonsense');
});

test.each([
  [0, 'pings'],
  [1, 'ping'],
  [2, 'pings'],
])('%d %s', (n, form) => {
  expect(plural(n, { one: 'ping', other: 'pings' })).toBe(form);
});

test('limits are told as they are', () => {
  expect([formatSeconds(50), formatSeconds(10_000), formatNumber(-1)]).toEqual(['0.05 s', '10 s', '\u22121']);
});

test.each([
  [['fifo'], 'fifo'],
  [['fifo', 'tcp'], 'fifo, tcp'],
  [['fifo', 'tcp', 'udp'], 'fifo, tcp, udp'],
])('%j is the list “%s”', (items, text) => {
  expect(formatList(items)).toBe(text);
});
