import type { ComponentType } from 'react';
import type { PageId } from '../../../shared/pages';
import { shownPlotPicture } from './bench/bench-actions';
import { BenchPage } from './bench/bench-page';
import { shownChartPicture } from './live/chart/export-image';
import { LivePage } from './live/live-page';
import { shownLoadPicture } from './load/load-image';
import { LoadPage } from './load/load-page';

/** What each page of the window is drawn by. */
export const PAGE_COMPONENTS: Record<PageId, ComponentType> = { live: LivePage, bench: BenchPage, load: LoadPage };

/** Draws what a page shows, for the clipboard. */
export const PAGE_PICTURES: Record<PageId, () => Promise<Uint8Array<ArrayBuffer>>> = {
  live: shownChartPicture,
  bench: shownPlotPicture,
  load: shownLoadPicture,
};
