import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import type { Anatomy } from '../../../../shared/measure/anatomy';
import { LIGHT_CHART } from '../chart-theme';
import { numberedStages } from './stage-layout';
import { StagePicture, stagePictureHeight } from './stage-picture';

const stage = (id: string, ns: number) => {
  const [from, to] = id.split('-');
  return { id, from, to, ns, share: ns / 100 } as Anatomy['stages'][number];
};
const anatomy: Anatomy = { pings: 5, rttNs: 100, stages: [stage('due-sent', 25), stage('wrote-peerTook', 75)] };
const bars = [
  { id: 'p50', name: 'p50', head: 'p50', about: 'of 5 pings', total: '100 ns', anatomy },
  { id: 'p90', name: 'p90', head: 'p90', about: 'of 0 pings', total: '–', anatomy: null },
];
const shown = { sentences: ['p50: 75 % waiting.'], bars, stages: numberedStages(bars) };
const drawn = renderToStaticMarkup(
  <StagePicture {...shown} width={1200} heading="Stages of fifo" peer="plugin" sum="Round trip" theme={LIGHT_CHART} />,
);
const rects = [...drawn.matchAll(/<rect ([^>]*)>/g)].map(([, attributes]) =>
  Object.fromEntries([...(attributes ?? '').matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value])),
);

test('segments fill the width by their shares, without a gap', () => {
  const [first, second] = rects.filter(({ height, fill }) => height === '30' && !fill?.startsWith('url'));
  expect(Number(first?.['width']) * 3).toBeCloseTo(Number(second?.['width']));
  expect(Number(first?.['x']) + Number(first?.['width'])).toBeCloseTo(Number(second?.['x']));
  expect(Number(second?.['x']) + Number(second?.['width'])).toBeCloseTo(1200 - 24);
});

test('what waits is hatched, in the bar and in the legend', () => {
  expect(rects.filter(({ fill }) => fill?.startsWith('url'))).toHaveLength(2);
});

test('heading, sentences and a figure for each bar are in it, within its height', () => {
  for (const text of ['Stages of fifo', 'p50: 75 % waiting.', 'p90 µs', '>75<', '>–<']) expect(drawn).toContain(text);
  const lowest = Math.max(...[...drawn.matchAll(/ y="([\d.]+)"/g)].map(([, y]) => Number(y)));
  expect(lowest).toBeLessThan(stagePictureHeight(shown));
});
