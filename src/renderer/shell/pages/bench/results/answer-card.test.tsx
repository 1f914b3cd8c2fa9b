import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import type { BenchResult, BenchRun } from '../../../../../shared/bench/schema';
import { AnswerCard } from './answer-card';
import { madeRun } from '../../../../../shared/bench/made-runs';

function markup(...runs: BenchRun[]): string {
  const result = { version: 1, environment: { clock: null }, runs } as unknown as BenchResult;
  return renderToStaticMarkup(<AnswerCard result={result} />).replaceAll('\u202f', ' ');
}

test('the fastest with its interval, and who comes next', () => {
  const html = markup(madeRun(9000, { method: 'tcp' }), madeRun(1000));
  expect(html).toMatch(/<strong>Named pipe<\/strong> 1\.50 µs \(1\.48 µs – 1\.52 µs\).*Then TCP, 9\.50 µs/);
});

test('what is not told from it is named, and five of them are not a list', () => {
  const others = ['tcp', 'udp', 'file', 'shmem', 'tcp6'].map((method) => madeRun(1000, { method }));
  expect(markup(madeRun(1000), ...others)).toContain('Not told from it: TCP, UDP, Shared file and 2 others.');
});

test('rounds that disagree: no answer, and what to do in the words of the form', () => {
  const made = madeRun(1000);
  const html = markup(
    {
      ...made,
      detail: {
        ...(made.detail as NonNullable<BenchRun['detail']>),
        rounds_disagree: true,
        round_p50_ns: [1000, 1500, 9800],
      },
    },
    madeRun(9000, { method: 'tcp' }),
  );
  expect(html).toContain(
    'No answer: the rounds of Named pipe disagree. Set Placement to Same core, and measure 10 rounds.',
  );
  expect(html).not.toContain('<strong>Named pipe</strong> 1.50');
});

test('a row for each size, and no card where there is nothing to compare', () => {
  const sizes = [64, 1024].flatMap((size) => [madeRun(1000, { size }), madeRun(9000, { size, method: 'tcp' })]);
  expect(markup(...sizes).match(/<th scope="row">[^<]*/g)).toEqual(['<th scope="row">64 B', '<th scope="row">1 KiB']);
  expect(markup(madeRun(1000))).not.toContain('<table');
});
