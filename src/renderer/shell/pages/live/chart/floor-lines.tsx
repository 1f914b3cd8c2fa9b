import { usePlotArea, useYAxisScale, ZIndexLayer } from 'recharts';
import type { ChartTheme } from '../../../charts/chart-theme';
import { layoutFloorLabels, type FloorLine } from './floor-layout';

const FONT_PX = 11;

interface Props {
  floors: readonly FloorLine[];
  theme: ChartTheme;
}

/** What the kernel alone takes, as thin lines with their names: the distance to them is what the runtime adds. */
export function FloorLines({ floors, theme }: Props) {
  const plot = usePlotArea();
  const yOf = useYAxisScale();
  if (!plot || !yOf || floors.length === 0) return null;
  const placed = floors.flatMap((floor) => {
    const y = yOf(floor.micros);
    return y === undefined || y < plot.y || y > plot.y + plot.height ? [] : [{ ...floor, y }];
  });
  return (
    <ZIndexLayer zIndex={350}>
      <g className="floor-lines" data-testid="floor-lines">
        {placed.map((floor) => (
          <line
            key={floor.transport}
            data-floor={floor.transport}
            x1={plot.x}
            x2={plot.x + plot.width}
            y1={floor.y}
            y2={floor.y}
            stroke={theme.inkSoft}
            strokeWidth={1}
            strokeDasharray="2 4"
          />
        ))}
        {layoutFloorLabels(placed, plot.y).map((label) => (
          <text
            key={label.text}
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
        ))}
      </g>
    </ZIndexLayer>
  );
}
