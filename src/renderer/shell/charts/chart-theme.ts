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
  hues: ['#0072b2', '#d55e00', '#00875f', '#a0206a', '#13212b', '#3019fa', '#494700', '#0f96f8'],
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
  hues: ['#4a9eeb', '#ff7f3f', '#20c695', '#f7b6dd', '#e6eef3', '#2d7592', '#f0e442', '#e63111'],
};

/** The hue of process or transport number `index`; they repeat when they run out. */
export function processHue(theme: ChartTheme, index: number): string {
  return theme.hues[index % theme.hues.length] ?? theme.ink;
}
