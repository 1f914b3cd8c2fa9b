import { useSyncExternalStore } from 'react';
import { SeriesStore, type SeriesView } from './series-store';

/** The one series store of this window. */
export const liveSeries = new SeriesStore();

const never = (): (() => void) => () => undefined;

/** The live series, new with every batch of samples; or the frozen one, which renders nothing again. */
export function useSeriesView(frozen: SeriesView | null): SeriesView {
  return useSyncExternalStore(frozen ? never : liveSeries.subscribe, () => frozen ?? liveSeries.view);
}
