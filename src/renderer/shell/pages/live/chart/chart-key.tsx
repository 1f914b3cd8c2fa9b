import { usePlotArea } from 'recharts';
import { X_AXIS_PX } from '../../../charts/axis-style';
import type { ChartTheme } from '../../../charts/chart-theme';
import { LOSS_LANE_PX } from './loss-markers';

const FONT_PX = 10.5;
const SIGN_PX = 20;
/** An average character's width as a share of the font size, on the generous side. */
const CHAR = 0.62;
const GAP_PX = 12;
/** Half of what the axis's title takes, which stands in the middle. */
const TITLE_HALF_PX = 48;

type Sign = 'lost' | 'band' | 'floor';

const TEXTS: Record<Sign, string> = { lost: 'lost ping', band: 'min–max', floor: 'kernel floor' };

interface Props {
  /** Whether floors are drawn. */
  floors: boolean;
  theme: ChartTheme;
}

/** What the signs mean that no legend entry has. Part of the drawing, so that an exported picture has it as well. */
export function ChartKey({ floors, theme }: Props) {
  const plot = usePlotArea();
  if (!plot) return null;
  const y = plot.y + plot.height + LOSS_LANE_PX + X_AXIS_PX - 5;
  const end = plot.x + plot.width / 2 - TITLE_HALF_PX;
  const shown: { sign: Sign; x: number }[] = [];
  let x = 8;
  for (const sign of ['lost', 'band', ...(floors ? (['floor'] as const) : [])] as const) {
    const width = SIGN_PX + TEXTS[sign].length * FONT_PX * CHAR;
    if (x + width > end) break;
    shown.push({ sign, x });
    x += width + GAP_PX;
  }
  return (
    <g className="chart-key" data-testid="chart-key">
      {shown.map((entry) => (
        <g key={entry.sign}>
          <SignMark {...entry} y={y - 4} theme={theme} />
          <text x={entry.x + SIGN_PX} y={y} fill={theme.inkSoft} fontSize={FONT_PX}>
            {TEXTS[entry.sign]}
          </text>
        </g>
      ))}
    </g>
  );
}

function SignMark({ sign, x, y, theme }: { sign: Sign; x: number; y: number; theme: ChartTheme }) {
  switch (sign) {
    case 'lost':
      return <path d={`M${x + 4} ${y - 3}l6 6m0 -6l-6 6`} stroke={theme.inkSoft} strokeWidth={1.5} fill="none" />;
    case 'band':
      return <rect x={x} y={y - 4} width={16} height={8} fill={theme.inkSoft} fillOpacity={0.3} />;
    case 'floor':
      return <line x1={x} x2={x + 16} y1={y} y2={y} stroke={theme.inkSoft} strokeDasharray="2 4" />;
  }
}
