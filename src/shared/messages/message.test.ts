import { expect, test } from 'vitest';
import { formatList, formatNumber, formatSeconds, plural } from '../format';
import { TERMINATION_REASON_NAMES } from '../termination';
import { AREAS, ENGLISH } from './english/index';
import { type Message, MessageError, render, saidBy, say, words } from './message';

/** Parameters that are no number and no plain text, by name; a number stands for any other. */
const SHAPED: Record<string, unknown> = {
  losers: [{ label: 'echo', lost: 2 }],
  signal: 'SIGKILL',
  text: 'As it is.',
  format: 'csv',
  who: 'self',
  alike: false,
};
for (const list of [
  'methods',
  'routes',
  'sentences',
  'cpus',
  'dead',
  'hung',
  'facts',
  'sizes',
  'placements',
  'paces',
  'offered',
  'shown',
  'modes',
  'titles',
  'processes',
])
  SHAPED[list] = ['one', 'two'];
/** `compare.io` alone has words for them; to the others they are numbers. */
const IO = { before: 'native', after: 'node' };

function paramsOf(code: string): unknown {
  const shaped = code === 'compare.io' ? IO : SHAPED;
  return new Proxy({}, { get: (_, name) => (name in shaped ? shaped[name as keyof typeof shaped] : 4321) });
}

test.each(Object.entries(ENGLISH))('%s reads as a sentence of its parameters alone', (code, write) => {
  const text = (write as (params: unknown) => string)(paramsOf(code));
  expect(text).not.toBe('');
  expect(text).not.toMatch(/undefined|NaN|\[object|null/);
  expect(text).toBe(text.trim());
});

test('no code is in two areas', () => {
  const codes = Object.values(AREAS).flatMap((area) => Object.keys(area));
  expect(codes.filter((code, i) => codes.indexOf(code) !== i)).toEqual([]);
});

test.each([
  [0, 'no other channel was measured', '0 pings lost'],
  [1, '1 other channel', '1 ping lost'],
  [2, '2 other channels', '2 pings lost'],
  [1234, '1234 other channels', '1,234 pings lost'],
])('%d in words', (n, channels, pings) => {
  expect([words('verdict.survivors', { channels: n }), words('verdict.pings-lost', { lost: n })]).toEqual([
    channels,
    pings,
  ]);
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
