import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { LIGHT_CHART } from './chart-theme';
import { TimePlot, type TimePlotProps } from './time-plot';

const PLOT: TimePlotProps = {
  width: 470,
  height: 237,
  title: 'Response time',
  timesS: [0, 10, 20, 30],
  span: { fromS: 0, toS: 30 },
  lines: [{ id: 'http', label: 'HTTP', colour: '#0072b2', dash: 'none', widthPx: 2, values: [1, null, 100, 0.1] }],
  markers: [
    {
      id: 1,
      atS: 15,
      text: 'nats-server killed',
      about: 'nats-server killed: pid 7',
      short: 'kill',
      colour: '#b3261e',
    },
  ],
  scale: 'log',
  domain: [1, 100],
  tickText: String,
  theme: LIGHT_CHART,
  pointed: null,
};
const draw = (patch: Partial<TimePlotProps> = {}) => renderToStaticMarkup(<TimePlot {...PLOT} {...patch} />);

test('a line has a gap where there is nothing, and stays above a logarithmic axis’s foot', () => {
  expect(draw()).toContain('d="M0.0 200.0h0M266.7 0.0h0L400.0 200.0"');
});

test('what happened stands at its time, with its name', () => {
  expect(draw()).toContain('<line x1="200" x2="200"');
  expect(draw()).toContain('>nats-server killed</text>');
});

test('what happened before the axis begins is not drawn', () => {
  expect(draw({ span: { fromS: 20, toS: 50 } })).not.toContain('nats-server killed');
});

test('levels beyond the axis are left out', () => {
  const levels = [
    { id: 'fifo', label: 'pipe 10 ms', value: 10 },
    { id: 'tcp', label: 'TCP 1 s', value: 1000 },
  ];
  expect(draw({ levels })).toContain('pipe 10 ms');
  expect(draw({ levels })).not.toContain('TCP 1 s');
});

test('a picture that nobody points at is an image, the other one is walked through by keys', () => {
  expect(draw()).toContain('role="img"');
  expect(draw({ onPoint: () => undefined })).toContain('tabindex="0"');
});
