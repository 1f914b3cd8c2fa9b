import { expect, test } from 'vitest';
import { readTraffic } from './traffic';

const record = { name: 'A, [B] {C} "D"', location: 'B', age: 3, infectedtype: 'C', state: 'D' };

test('a list of records is read, however it is laid out', () => {
  for (const text of [
    JSON.stringify([record, record]),
    JSON.stringify([record, record], null, 2),
    `\uFEFF  ${JSON.stringify([record, record], null, '\t')}\r\n`,
  ])
    expect(readTraffic(text)).toEqual({ records: [record, record], bad: [] });
});

test('a bad record is named by its line and left out', () => {
  const lines = [
    '[',
    JSON.stringify(record),
    ',',
    '{ "name": "A" },',
    '{ "name": oops },',
    '"text",',
    ',',
    JSON.stringify({ ...record, age: -1 }),
    ', { "name": "no end of text }',
    '}',
    ',',
    JSON.stringify(record),
    ']',
  ];
  const traffic = readTraffic(lines.join('\n'));
  expect(traffic).toMatchObject({
    records: [record, record],
    bad: [
      { line: 4, problem: expect.stringContaining('"location"') },
      { line: 5, problem: 'It is not JSON.' },
      { line: 6 },
      { line: 7 },
      { line: 8, problem: expect.stringContaining('"age"') },
      { line: 9, problem: 'It is not JSON.' },
    ],
  });
});

test.each([
  ['', 'does not begin'],
  ['{"records": []}', 'does not begin'],
  ['[]', 'The list is empty'],
  ['[{"name": 1}]', 'Line 1: "'],
  ['[\n{"name": 1}', 'begins in line 2'],
  ['[\n{"name": "no end},\n{}]', 'begins in line 2'],
  ['[1] 2', 'After the list'],
  [`[${'['.repeat(100_000)}`, 'longer than 65,536 characters'],
])('%j is refused', (text, why) => expect(readTraffic(text)).toEqual({ refused: expect.stringContaining(why) }));

test('a long list of something else is refused before it fills the memory', () => {
  const text = `[${JSON.stringify(record)}, ${'0,'.repeat(1_000_000)}0]`;
  expect(readTraffic(text)).toEqual({
    refused: expect.stringMatching(/^More than 10,000 of what it lists are no records\. The first is in line 1: /),
  });
});
