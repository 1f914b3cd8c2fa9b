import { XAxis, YAxis } from 'recharts';
import { axisLabel, tickStyle, X_AXIS_PX, Y_AXIS_PX } from './axis-style';
import type { ChartTheme } from './chart-theme';
import { tickLabel, yTicks, type Domain, type ScaleKind } from './y-domain';

interface LatencyAxis {
  domain: Domain;
  theme: ChartTheme;
  side: 'left' | 'top' | 'bottom';
  scale?: ScaleKind;
  label?: string;
}

/** The axis of round trips, µs, of every plot that recharts draws. Called, not mounted: recharts looks for its own. */
export function latencyAxis({ domain, theme, side, scale = 'log', label = 'Round trip (µs)' }: LatencyAxis) {
  const common = {
    type: 'number',
    scale,
    domain: [domain[0], domain[1]],
    allowDataOverflow: true,
    ticks: yTicks(scale, domain),
    interval: 0,
    tickFormatter: tickLabel,
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
        ...axisLabel(theme, scale === 'log' ? label.replace(')', ', logarithmic)') : label, 'x'),
        position: side === 'top' ? 'insideTop' : 'insideBottom',
      }}
    />
  );
}
