import { XAxis, YAxis } from 'recharts';
import { axisLabel, tickStyle, X_AXIS_PX, Y_AXIS_PX } from './axis-style';
import type { ChartTheme } from './chart-theme';
import { tickLabels, yTicks, type Domain, type ScaleKind } from './y-domain';

interface LatencyAxis {
  domain: Domain;
  theme: ChartTheme;
  side: 'left' | 'top' | 'bottom';
  /** How long it is, pixels: what its labels have room for. */
  lengthPx: number;
  scale?: ScaleKind;
  label?: string;
}

/** Between the middles of two labels beside each other. */
const LEAST_ACROSS_PX = 52;

/** The axis of round trips, from µs, of every plot that recharts draws. Called, not mounted: recharts looks for its own. */
export function latencyAxis({ domain, theme, side, lengthPx, scale = 'log', label = 'Round trip' }: LatencyAxis) {
  const common = {
    type: 'number',
    scale,
    domain: [domain[0], domain[1]],
    allowDataOverflow: true,
    ticks: yTicks(scale, domain, lengthPx, side === 'left' ? undefined : LEAST_ACROSS_PX),
    interval: 0,
    tickFormatter: tickLabels(scale, domain),
    tick: tickStyle(theme),
    stroke: theme.axis,
  } as const;
  if (side === 'left')
    return <YAxis key="latency" {...common} width={Y_AXIS_PX} label={axisLabel(theme, label, 'y')} />;
  return (
    <XAxis
      key={`latency-${side}`}
      // Scales are those of the axis at the bottom; the one at the top is the same again.
      xAxisId={side === 'bottom' ? 0 : side}
      orientation={side}
      {...common}
      height={X_AXIS_PX}
      label={{
        ...axisLabel(theme, scale === 'log' ? `${label} (logarithmic)` : label, 'x'),
        position: side === 'top' ? 'insideTop' : 'insideBottom',
      }}
    />
  );
}
