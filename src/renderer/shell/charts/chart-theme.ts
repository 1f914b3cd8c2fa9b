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
  /** Okabe–Ito hues, one per process, shifted in lightness to at least 3:1 on `background`. */
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
  hues: ['#0072b2', '#d55e00', '#00875f', '#b0508a', '#13212b', '#2a8ac4', '#b37200', '#7d7300'],
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
  hues: ['#4a9eeb', '#ff7f3f', '#20c695', '#e08fbd', '#e6eef3', '#8ad4ff', '#f2b134', '#f0e442'],
};

/** The hue of the process that appeared as number `index`; they repeat when they run out. */
export function processHue(theme: ChartTheme, index: number): string {
  return theme.hues[index % theme.hues.length] ?? theme.ink;
}
