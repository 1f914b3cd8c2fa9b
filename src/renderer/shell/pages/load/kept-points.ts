import { LOAD_POINTS, type LoadPoint, type LoadUpdate } from '../../../../shared/load/view';
import { shareStructure } from '../../ui/share-structure';

/** The points of a run, as far as they are kept here. */
export interface KeptPoints {
  run: number;
  /** The place of the first one in the run. */
  first: number;
  list: readonly LoadPoint[];
}

/** The same as before when nothing has come. */
export function keepPoints(kept: KeptPoints | null, { run, from, list }: LoadUpdate['points']): KeptPoints {
  if (kept === null || kept.run !== run) return { run, first: from, list };
  const last = kept.list.at(-1);
  const isLast = list.length === 1 && from === kept.first + kept.list.length - 1;
  if (isLast && shareStructure(last, list[0]) === last) return kept;
  const before = kept.list.slice(0, Math.max(0, from - kept.first));
  const all = [...before, ...list];
  const gone = Math.max(0, all.length - LOAD_POINTS);
  return { run, first: kept.first + gone, list: gone === 0 ? all : all.slice(gone) };
}
