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
])('%j is refused', (text, why) => expect(readTraffic(text)).toEqual({ refused: expect.stringContaining(why) }));
