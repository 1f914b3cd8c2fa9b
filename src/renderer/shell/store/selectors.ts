import type {
  ChannelView,
  Environment,
  FloorView,
  Notice,
  OwnedProcessView,
  ProcessView,
  TabView,
} from '../../../shared/snapshot';
import type { Incident } from '../../../shared/incident';
import type { LabEvent } from '../../../shared/events';
import type { ShellState } from './shell-store';

// Stable empties: a selector that made its own would re-render its component every time.
const NONE: readonly never[] = [];

export const selectProcesses = (s: ShellState): readonly ProcessView[] => s.snapshot?.processes ?? NONE;
export const selectAlsoRunning = (s: ShellState): readonly OwnedProcessView[] => s.snapshot?.alsoRunning ?? NONE;
export const selectChannels = (s: ShellState): readonly ChannelView[] => s.snapshot?.channels ?? NONE;
export const selectFloors = (s: ShellState): readonly FloorView[] => s.snapshot?.floors ?? NONE;
export const selectTabs = (s: ShellState): readonly TabView[] => s.snapshot?.tabs ?? NONE;
export const selectEvents = (s: ShellState): readonly LabEvent[] => s.snapshot?.events ?? NONE;
export const selectIncidents = (s: ShellState): readonly Incident[] => s.snapshot?.incidents ?? NONE;
export const selectNotices = (s: ShellState): readonly Notice[] => s.snapshot?.notices ?? NONE;
export const selectEnvironment = (s: ShellState): Environment | null => s.snapshot?.environment ?? null;
export const selectActiveTabId = (s: ShellState): number | null => s.snapshot?.activeTabId ?? null;
export const selectModalOpen = (s: ShellState): boolean => s.dialog.kind !== 'none' || s.glossary !== null;

export function selectActiveTab(s: ShellState): TabView | null {
  return s.snapshot?.tabs.find((tab) => tab.id === s.snapshot?.activeTabId) ?? null;
}
