import { formatCount, formatDuration } from '../format';
import type { LoadResultRoute } from './result';
import { titleOf } from './verdict';

interface Column {
  head: string;
  text: (row: LoadResultRoute) => string;
}

const ms = (value: number | undefined) => (value === undefined ? '–' : formatDuration(value * 1e6));

/** The columns of the table at the end of a load; the first is a name, the others are numbers. */
export const LOAD_COLUMNS: readonly Column[] = [
  { head: 'Route', text: titleOf },
  { head: 'Sent', text: ({ sent }) => formatCount(sent) },
  { head: 'Accepted', text: ({ accepted }) => formatCount(accepted) },
  { head: 'Delivered', text: ({ delivered }) => formatCount(delivered) },
  { head: 'Twice', text: ({ duplicated }) => formatCount(duplicated) },
  { head: 'Refused', text: ({ refused }) => formatCount(refused) },
  { head: 'Failed', text: ({ failed }) => formatCount(failed) },
  { head: 'Lost', text: ({ lost }) => formatCount(lost) },
  { head: 'Queued at most', text: ({ queue_most: most }) => (most === null ? '–' : formatCount(most)) },
  { head: 'Answer p50', text: (row) => ms(row.response_ms?.p50) },
  { head: 'Answer p95', text: (row) => ms(row.response_ms?.p95) },
  { head: 'End to end p50', text: (row) => ms(row.end_to_end_ms?.p50) },
  { head: 'End to end p95', text: (row) => ms(row.end_to_end_ms?.p95) },
  { head: 'Per second', text: ({ per_second: rate }) => (rate === null ? '–' : rate.toFixed(1)) },
  {
    head: 'CPU per message',
    text: ({ cpu_us_per_message: cpu }) => (cpu === null ? '–' : formatDuration(cpu * 1e3)),
  },
];
