import { expect, test } from 'vitest';
import { Latency } from './latency';
import { decodeMessage, encodeMessage, MAX_MESSAGES_PER_RUN, readStampHeader, stampHeader } from './message';
import { collectedSchema, isCollected, isRecord, problemOf, recordSchema, whyNot } from './record';
import { modeOf, ROUTE_CATALOG, ROUTE_IDS } from './route-catalog';

const record = { name: 'A', location: 'B', age: 3, infectedtype: 'C', state: 'D' };
const stamp = { run: 'run-1', number: 12, postedNs: 123_456_789_012_345, clock: 'abc-1' };

test('a stamp survives its header', () => {
  expect(readStampHeader(stampHeader(stamp))).toEqual(stamp);
});

test.each([
  '',
  'run-1',
  'run 1 2',
  'run -1 2 c',
  `run ${MAX_MESSAGES_PER_RUN} 2 c`,
  `${'r'.repeat(49)} 1 2 c`,
  'run 1 99999999999999999 c',
  '../x 1 2 c',
  'run 1 2 c d',
])('%j is no stamp', (text) => expect(readStampHeader(text)).toBeNull());

test('a message survives its encoding, and what is none is null', () => {
  const message = { ...stamp, record };
  expect(decodeMessage(encodeMessage(message))).toEqual(message);
  for (const text of ['', '{', 'null', '{}', JSON.stringify({ ...message, number: -1 })])
    expect(decodeMessage(text)).toBeNull();
});

const OTHERS: unknown[] = [
  '',
  'x',
  'x'.repeat(100),
  'x'.repeat(101),
  'x'.repeat(201),
  0,
  -1,
  150,
  151,
  3.5,
  null,
  [],
  {},
];

test('what is checked by hand is what the schemas take, whichever field has whatever in it', () => {
  const whole = { ...record, path: 'nats' };
  const values: unknown[] = [null, 5, 'x', [], {}, record, whole, { ...whole, more: 1 }, { ...whole, path: '../x' }];
  for (const field of Object.keys(whole))
    for (const other of OTHERS) {
      values.push({ ...record, [field]: other }, { ...whole, [field]: other });
      values.push({ ...record, [field]: undefined }, { ...whole, [field]: undefined });
    }
  for (const value of values.map((each) => JSON.parse(JSON.stringify(each)) as unknown)) {
    expect(isRecord(value), JSON.stringify(value)).toBe(recordSchema.safeParse(value).success);
    expect(isCollected(value), JSON.stringify(value)).toBe(collectedSchema.safeParse(value).success);
  }
  expect(whyNot(recordSchema, whole)).toContain('path');
  expect(whyNot(collectedSchema, record)).toContain('"path"');
});

test.each([
  [{ ...record, age: '3' }, '"age"'],
  [{ ...record, age: 3.5 }, '"age"'],
  [{ ...record, name: '' }, '"name"'],
  [{ ...record, name: 'x'.repeat(201) }, '"name"'],
  [{ name: 'A', location: 'B', age: 3, infectedtype: 'C' }, '"state"'],
  [{ ...record, admin: true }, 'admin'],
  [[], ''],
])('%j is no record, and the field is named', (value, field) => {
  const parsed = recordSchema.safeParse(value);
  expect(parsed.success).toBe(false);
  if (!parsed.success) expect(problemOf(parsed.error)).toContain(field);
});

test('what is collected names its path', () => {
  expect(collectedSchema.safeParse({ ...record, path: 'nats' }).success).toBe(true);
  expect(collectedSchema.safeParse(record).success).toBe(false);
  expect(collectedSchema.safeParse({ ...record, path: '../x' }).success).toBe(false);
});

test('latencies are milliseconds, with exact ends', () => {
  const latency = new Latency();
  expect(latency.figures()).toBeNull();
  for (let n = 1; n <= 1000; n += 1) latency.record(n * 1e6 + 1);
  const figures = latency.figures();
  expect(figures).toMatchObject({ count: 1000, min: 1.000001, max: 1000.000001 });
  expect(figures?.p50).toBeCloseTo(500, -1);
  expect(figures?.p95).toBeCloseTo(950, -1);
  latency.record(-5);
  expect(latency.figures()?.min).toBe(0);
});

test('the catalogue knows each route under its own id, and its modes by name', () => {
  for (const id of ROUTE_IDS) {
    expect(ROUTE_CATALOG[id].id).toBe(id);
    for (const mode of ROUTE_CATALOG[id].modes) expect(modeOf(id, mode.id)).toBe(mode);
  }
  expect(modeOf('nats')?.id).toBe('core');
  expect(modeOf('nats', 'unary')).toBeNull();
});
