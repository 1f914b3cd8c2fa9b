import type { LoadUpdate, LoadView } from '../../../../shared/load/view';
import type { RouteId } from '../../../../shared/routes/route-catalog';
import type { SliceCreator } from '../../store/slice';
import { shareStructure } from '../../ui/share-structure';
import { type KeptPoints, keepPoints } from './kept-points';
import { FIRST_DRAFT, type LoadDraft } from './load-draft';

export interface LoadSlice {
  /** The routes and the load as the browser process last described them; null until the feed is open. */
  load: LoadView | null;
  loadPoints: KeptPoints | null;
  loadDraft: LoadDraft;
  /** Routes whose lines a person has taken off the charts. */
  hiddenRoutes: ReadonlySet<RouteId>;
  receiveLoad(update: LoadUpdate): void;
  setLoadDraft(patch: Partial<LoadDraft>): void;
  toggleRoute(route: RouteId): void;
}

export const createLoadSlice: SliceCreator<LoadSlice> = (set, get) => ({
  load: null,
  loadPoints: null,
  loadDraft: FIRST_DRAFT,
  hiddenRoutes: new Set(),
  receiveLoad({ points, ...rest }) {
    const { load, loadPoints } = get();
    const kept = keepPoints(loadPoints, points);
    set({ loadPoints: kept, load: shareStructure<LoadView>(load, { ...rest, points: kept.list }) });
  },
  setLoadDraft: (patch) => set({ loadDraft: { ...get().loadDraft, ...patch } }),
  toggleRoute(route) {
    const hidden = new Set(get().hiddenRoutes);
    if (!hidden.delete(route)) hidden.add(route);
    set({ hiddenRoutes: hidden });
  },
});
