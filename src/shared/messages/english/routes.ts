import { formatCount } from '../../format';

/** What is wrong with a file of records, or with one of them. */
export const ROUTES = {
  'record.no-fields': () => 'It does not have the fields that it should have.',
  'record.field': ({ field, problem }: { field: string; problem: string }) =>
    `${field === '' ? '' : `"${field}": `}${problem}.`,
  'record.not-json': () => 'It is not JSON.',
  'traffic.no-list': () => 'It is not a JSON list of records: it does not begin with "[".',
  'traffic.empty': () => 'The list is empty.',
  'traffic.bad-line': ({ line, problem }: { line: number; problem: string }) => `Line ${line}: ${problem}`,
  'traffic.nothing-to-send': ({ why }: { why: string }) => `There is no record in it that could be sent. ${why}`,
  'traffic.no-end': ({ line }: { line: number }) => `The list is not complete: what begins in line ${line} has no end.`,
  'traffic.too-long': ({ line, most }: { line: number; most: number }) =>
    `What begins in line ${line} is no record, or has no end: it is longer than ${formatCount(most)} characters.`,
  'traffic.too-many-bad': ({ most, line, problem }: { most: number; line: number; problem: string }) =>
    `More than ${formatCount(most)} of what it lists are no records. The first is in line ${line}: ${problem}`,
  'traffic.more-after-end': ({ line }: { line: number }) => `After the list's end there is more, in line ${line}.`,
};
