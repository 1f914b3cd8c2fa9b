import type { PageId } from '../../../shared/pages';
import type { SliceCreator } from '../store/slice';

/** Which page of the window is shown. */
export interface PageSlice {
  page: PageId;
  showPage(page: PageId): void;
}

export const createPageSlice: SliceCreator<PageSlice> = (set) => ({
  page: 'live',
  showPage: (page) => set({ page }),
});
