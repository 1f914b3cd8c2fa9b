import { expect, test } from 'vitest';
import { LIGHT_CHART } from './chart-theme';
import { composeDocument, escapeXml, layoutDocument, type DocumentParts } from './svg-document';

function parts(lines: number, title = 'Round trips'): DocumentParts {
  return {
    width: 1200,
    height: 675,
    title,
    subtitle: 'Bulkhead 0.1.0',
    lines: Array.from({ length: lines }, (_, i) => ({
      id: String(i),
      label: `process ${i} · Message port`,
      colour: '#0072b2',
      dash: i % 2 ? '6 5' : 'none',
    })),
    theme: LIGHT_CHART,
  };
}

test('a small legend leaves the document its size', () => {
  const layout = layoutDocument(parts(4));
  expect([layout.width, layout.height]).toEqual([1200, 675]);
  expect(layout.legendRows).toHaveLength(1);
});

test('a large legend wraps, stays inside, and lets the document grow rather than starve the plot', () => {
  const layout = layoutDocument(parts(60));
  expect(layout.legendRows.length).toBeGreaterThan(5);
  expect(layout.plotHeight).toBeGreaterThanOrEqual(360);
  for (const row of layout.legendRows) for (const { x } of row) expect(x).toBeLessThan(1200 - 100);
  expect(layout.legendRows.flat()).toHaveLength(60);
});

test('text is escaped and characters that XML cannot hold are dropped', () => {
  const evil = parts(1, 'a <b> & "c" \u0000\u0008\ud800 😀');
  const xml = composeDocument(evil, layoutDocument(evil), '<svg/>');
  expect(xml).toContain('<title>a &lt;b&gt; &amp; &quot;c&quot;  😀</title>');
  expect([...xml].filter((char) => char < ' ' && char !== '\n')).toEqual([]);
  expect(escapeXml("it's")).toBe('it&#39;s');
});

test('every line stands in the legend with its colour and dash', () => {
  const two = parts(2);
  const xml = composeDocument(two, layoutDocument(two), '<svg/>');
  expect(xml.match(/stroke="#0072b2"/g)).toHaveLength(2);
  expect(xml.match(/stroke-dasharray="6 5"/g)).toHaveLength(1);
  expect(xml).toContain('process 1 · Message port');
});
