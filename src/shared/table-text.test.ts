import { expect, test } from 'vitest';
import { tableAsHtml, tableAsText } from './table-text';

test('a row is a line, with tabs between its cells', () => {
  expect(
    tableAsText([
      ['Channel', 'p50'],
      ['echo', '93.4'],
    ]),
  ).toBe('Channel\tp50\necho\t93.4');
});

test('a spreadsheet gets numbers as it reads them', () => {
  expect(tableAsText([['12,345', '1,234.5', '≥1,000', '1,2', '5\u202fµs']])).toBe('12345\t1234.5\t≥1000\t1,2\t5 µs');
});

test('a tab or a new line within a cell does not make another cell', () => {
  expect(tableAsText([['a\tb\r\nc', 'd']])).toBe('a b c\td');
});

test('as HTML the first row is the head, and a name is text', () => {
  expect(tableAsHtml([['Name'], ['<b>"x"']])).toBe(
    '<table><thead><tr><th>Name</th></tr></thead><tbody><tr><td>&#60;b&#62;&#34;x&#34;</td></tr></tbody></table>',
  );
});
