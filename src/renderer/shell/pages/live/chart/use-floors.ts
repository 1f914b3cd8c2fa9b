import type { ChannelView } from '../../../../../shared/snapshot';
import { shownFloors, type FloorLine } from './floor-layout';
import { selectFloors } from '../../../store/selectors';
import { useShell } from '../../../store/shell-store';
import { useStable } from '../../../ui/use-stable';

const NONE: readonly FloorLine[] = [];

/** The floors that the chart draws now: none while they are switched off. Keeps its identity while only others change. */
export function useFloors(channels: readonly ChannelView[]): readonly FloorLine[] {
  const floors = useShell(selectFloors);
  const on = useShell((s) => s.floor);
  return useStable(on ? shownFloors(floors, channels) : NONE);
}
