import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { LinesTooltip } from './lines-tooltip';

function labelsOf(values: readonly (number | null)[]): string[] {
  const lines = values.map((_, index) => ({ id: `${index}`, label: `line-${index}.`, colour: '#000', dash: 'none' }));
  const markup = renderToStaticMarkup(
    <LinesTooltip heading="p99" lines={lines} nsOf={(index) => values[index] ?? null} />,
  );
  return [...markup.matchAll(/line-\d+/g)].map(([label]) => label);
}

test('lines stand in the tooltip as they lie in the plot, and those without a value come last', () => {
  expect(labelsOf([2000, null, 9000, 4000])).toEqual(['line-2', 'line-3', 'line-0', 'line-1']);
});

test('when there is no room for all, the lowest go without', () => {
  const labels = labelsOf(Array.from({ length: 20 }, (_, index) => (index + 1) * 1000));
  expect(labels).toEqual(Array.from({ length: 16 }, (_, index) => `line-${19 - index}`));
});
