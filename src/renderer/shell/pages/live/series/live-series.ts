import { SeriesStore } from './series-store';

/** The one series store of this window. */
export const liveSeries = new SeriesStore();
