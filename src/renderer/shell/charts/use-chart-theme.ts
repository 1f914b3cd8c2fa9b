import { useSyncExternalStore } from 'react';
import { DARK_CHART, LIGHT_CHART, type ChartTheme } from './chart-theme';

const dark = matchMedia('(prefers-color-scheme: dark)');

function subscribe(listener: () => void): () => void {
  dark.addEventListener('change', listener);
  return () => dark.removeEventListener('change', listener);
}

/** The chart colours that go with the system's light or dark setting. */
export function useChartTheme(): ChartTheme {
  return useSyncExternalStore(subscribe, () => dark.matches) ? DARK_CHART : LIGHT_CHART;
}
