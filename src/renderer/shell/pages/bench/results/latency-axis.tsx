import { XAxis } from 'recharts';
import { axisLabel, tickStyle, X_AXIS_PX } from '../../../charts/axis-style';
import type { ChartTheme } from '../../../charts/chart-theme';
import { tickLabel, yTicks, type Domain } from '../../../charts/y-domain';

/** The level axis of box plots: the round trip in µs, logarithmic. Called, not mounted: recharts looks for its own. */
export function latencyAxis(domain: Domain, theme: ChartTheme, orientation: 'top' | 'bottom') {
  return (
    <XAxis
      orientation={orientation}
      type="number"
      scale="log"
      domain={[domain[0], domain[1]]}
      allowDataOverflow
      ticks={yTicks('log', domain)}
      interval={0}
      tickFormatter={tickLabel}
      tick={tickStyle(theme)}
      stroke={theme.axis}
      height={X_AXIS_PX}
      label={{
        ...axisLabel(theme, 'Round trip (µs, logarithmic)', 'x'),
        position: orientation === 'top' ? 'insideTop' : 'insideBottom',
      }}
    />
  );
}
