import { useSyncExternalStore } from 'react';
import { usePlotArea, useXAxisScale, useYAxisScale, ZIndexLayer } from 'recharts';
import type { ChartTheme } from '../../../charts/chart-theme';
import { layoutFloorLabels, roughMicros, type FloorLine } from './floor-layout';
import type { LatencySource } from './latency-source';
import { FLOOR_DASH } from './line-emphasis';
import { linePath, type PixelOf } from './line-path';

const FONT_PX = 11;

interface Props {
  source: LatencySource;
  floors: readonly FloorLine[];
  theme: ChartTheme;
  /** On the screen the lines move on a canvas of their own, and only their names are here. */
  moving: boolean;
}

/** What the kernel alone takes at the same time, as thin lines with their names: the distance to them is what the runtime adds. */
export function FloorLines(props: Props) {
  const plot = usePlotArea();
  const xOf = useXAxisScale();
  const yOf = useYAxisScale();
  const { source, floors, theme, moving } = props;
  if (!plot || !xOf || !yOf || floors.length === 0) return null;
  const { x, y, width, height } = plot;
  const { floorPoints: points } = source;
  return (
    <>
      {!moving && (
        <ZIndexLayer zIndex={350}>
          <svg {...plot} viewBox={`${x} ${y} ${width} ${height}`} overflow="hidden">
            {floors.map(({ seriesId }, place) => (
              <path
                key={seriesId}
                d={linePath(
                  Array.from({ length: points.count }, (_, index) => xOf(points.secondsAt(index)) ?? 0),
                  points.medians[place] ?? [],
                  yOf,
                )}
                fill="none"
                stroke={theme.inkSoft}
                strokeDasharray={FLOOR_DASH}
              />
            ))}
          </svg>
        </ZIndexLayer>
      )}
      {/* Over the lines of the channels: many would strike the names out. */}
      <ZIndexLayer zIndex={430}>
        <g data-testid="floor-names">
          <FloorLabels {...props} plot={plot} yOf={yOf} />
        </g>
      </ZIndexLayer>
    </>
  );
}

interface LabelsProps extends Props {
  plot: { x: number; y: number; width: number; height: number };
  yOf: PixelOf;
}

function FloorLabels({ source, floors, theme, plot, yOf }: LabelsProps) {
  // Not whenever there are points: only when a figure changes in the digits that are shown.
  useSyncExternalStore(source.onBeat, () => floors.map((_, at) => roughMicros(source.floorMicros(at) ?? 0)).join(' '));
  const placed = floors.flatMap(({ transports }, at) => {
    const micros = source.floorMicros(at);
    const y = micros === null ? undefined : yOf(micros);
    return micros === null || y === undefined || y < plot.y || y > plot.y + plot.height
      ? []
      : [{ transports, micros, y }];
  });
  return layoutFloorLabels(placed, plot.y, plot.width).map((label, row) => (
    <text
      key={row}
      x={plot.x + 6}
      y={label.y}
      fill={theme.inkSoft}
      fontSize={FONT_PX}
      stroke={theme.background}
      strokeWidth={3}
      paintOrder="stroke"
    >
      {label.text}
    </text>
  ));
}
