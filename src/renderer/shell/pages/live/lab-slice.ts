import type { ChannelView, ProcessView, Snapshot } from '../../../../shared/snapshot';
import { BUILT_IN_SITES } from './sites/built-in-sites';
import { allChannels } from './series/charted-channels';
import { liveSeries } from './series/live-series';
import { shareStructure } from '../../ui/share-structure';
import type { SliceCreator } from '../../store/slice';

/** Numbers that change with every snapshot are shown at most this often: faster, nobody can read them. */
const NUMBERS_EVERY_MS = 500;
const SLACK_MS = 50;
/** So long a process that has just died stands out from the others. */
const STRUCK_MS = 2000;

export interface LabSlice {
  /** The laboratory as the browser process last described it; null until the first snapshot. */
  snapshot: Snapshot | null;
  /** Which hue a process has; it keeps it for as long as the window lives. */
  colourIndex: Record<string, number>;
  /** Ids of the processes that died within the last two seconds, but for those that were only started again. */
  struck: readonly string[];
  receiveSnapshot(next: Snapshot): void;
}

export const createLabSlice: SliceCreator<LabSlice> = (set, get) => {
  let numbersShownAt = -Infinity;
  let latest: Snapshot | null = null;
  let pending: ReturnType<typeof setTimeout> | null = null;

  function strike(ids: readonly string[]): void {
    if (ids.length === 0) return;
    set({ struck: [...new Set([...get().struck, ...ids])] });
    setTimeout(() => set({ struck: get().struck.filter((id) => !ids.includes(id)) }), STRUCK_MS);
  }

  function showNumbers(next: Snapshot): void {
    numbersShownAt = performance.now();
    show(next, true);
    liveSeries.beat();
  }

  function show(next: Snapshot, withNumbers: boolean): void {
    const { snapshot, colourIndex } = get();
    const shared = shareStructure(snapshot, withNumbers || !snapshot ? next : holdNumbers(snapshot, next));
    if (shared === snapshot) return;
    set({
      snapshot: shared,
      colourIndex: assignColours(colourIndex, [...shared.processes, ...departedProcesses(shared)]),
    });
    if (snapshot !== null) strike(newlyDead(snapshot.processes, shared.processes));
    if (shared.channels !== snapshot?.channels || shared.departed !== snapshot.departed)
      liveSeries.retain(
        new Set([...allChannels(shared).map(({ id }) => id), ...shared.floors.map(({ seriesId }) => seriesId)]),
      );
  }

  return {
    snapshot: null,
    colourIndex: {},
    struck: [],
    receiveSnapshot(next) {
      latest = next;
      const wait = numbersShownAt + NUMBERS_EVERY_MS - performance.now();
      // The browser process's timers are not to the millisecond.
      if (wait <= SLACK_MS) {
        showNumbers(next);
        return;
      }
      show(next, false);
      // The last snapshot before a silence must not keep its numbers to itself.
      pending ??= setTimeout(() => {
        pending = null;
        if (latest) showNumbers(latest);
      }, wait);
    },
  };
};

/** Those with a death that was not told before. A clean end that was asked for is a restart, and no flood. */
function newlyDead(before: readonly ProcessView[], now: readonly ProcessView[]): string[] {
  const told = new Map(before.map(({ id, lastTermination }) => [id, lastTermination]));
  return now
    .filter(({ id, lastTermination }) => {
      const earlier = told.get(id);
      if (lastTermination === null || earlier === undefined || earlier?.atMs === lastTermination.atMs) return false;
      return !(lastTermination.requested && lastTermination.reason === 'clean-exit');
    })
    .map(({ id }) => id);
}

function holdNumbers(shown: Snapshot, next: Snapshot): Snapshot {
  const channels = new Map(shown.channels.map((c) => [c.id, c]));
  const processes = new Map(shown.processes.map((p) => [p.id, p]));
  return {
    ...next,
    nowNs: shown.nowNs,
    alsoRunning: shown.alsoRunning,
    channels: next.channels.map((c): ChannelView => ({ ...c, stats: channels.get(c.id)?.stats ?? c.stats })),
    processes: next.processes.map((p): ProcessView => {
      const held = processes.get(p.id);
      if (held?.pid !== p.pid) return p;
      const { memoryBytes, cpuPercent, threads, descriptors, switchesPerSecond } = held;
      return { ...p, memoryBytes, cpuPercent, threads, descriptors, switchesPerSecond };
    }),
  };
}

type Coloured = Pick<ProcessView, 'id' | 'kind' | 'name'>;

/** A page that was loaded anew has not seen them alive. */
function departedProcesses({ departed }: Snapshot): Coloured[] {
  return departed.map(({ channel, processName }) => ({ id: channel.processId, kind: 'renderer', name: processName }));
}

function assignColours(assigned: Record<string, number>, processes: readonly Coloured[]): Record<string, number> {
  const missing = processes.filter((p) => p.kind !== 'browser' && assigned[p.id] === undefined);
  if (missing.length === 0) return assigned;
  const next = { ...assigned };
  // The built-in sites' pages wear their colour themselves, so theirs are fixed; the others follow in order of appearance.
  const reserved: readonly string[] = BUILT_IN_SITES.map((site) => site.name);
  for (const process of missing) {
    const fixed = process.kind === 'renderer' ? reserved.indexOf(process.name) : -1;
    next[process.id] =
      fixed >= 0 ? fixed : reserved.length + Object.values(next).filter((index) => index >= reserved.length).length;
  }
  return next;
}
