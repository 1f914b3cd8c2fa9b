import { HUES } from '../../../shared/palette';

/** Literal colours for everything drawn inside an SVG: exports can't resolve CSS variables. */
export interface ChartTheme {
  background: string;
  ink: string;
  inkSoft: string;
  grid: string;
  axis: string;
  /** Event markers: a death, a warning, a recovery. */
  bad: string;
  warn: string;
  good: string;
  /** Told apart with red-green colour blindness as well, by lightness where not by hue; at least 3:1 on `background`. */
  hues: readonly string[];
}

export const LIGHT_CHART: ChartTheme = {
  background: '#ffffff',
  ink: '#13212b',
  inkSoft: '#4a5c69',
  grid: '#e3e9ee',
  axis: '#93a4b0',
  bad: '#b3261e',
  warn: '#8a5300',
  good: '#0a6b43',
  hues: HUES.light,
};

export const DARK_CHART: ChartTheme = {
  background: '#121d26',
  ink: '#e6eef3',
  inkSoft: '#a3b4c0',
  grid: '#22313c',
  axis: '#4f6575',
  bad: '#ff8a80',
  warn: '#ffb74d',
  good: '#5ee0a0',
  hues: HUES.dark,
};

/** The hue of process or transport number `index`; they repeat when they run out. */
export function processHue(theme: ChartTheme, index: number): string {
  return theme.hues[index % theme.hues.length] ?? theme.ink;
}
