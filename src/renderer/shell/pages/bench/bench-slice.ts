import { withPartial } from '../../../../shared/bench/partial';
import type { BenchPartial } from '../../../../shared/bench/progress';
import type { BenchResult, BenchRun } from '../../../../shared/bench/schema';
import type { BenchView } from '../../../../shared/bench-window/view';
import type { SliceCreator } from '../../store/slice';
import { shareStructure } from '../../ui/share-structure';
import { type BenchDraft, FIRST_DRAFT } from './bench-draft';

/** What stands beside the form: nothing, a result, or two of them. */
export type ShownResult =
  | { kind: 'none' }
  /** What the run that is under way has measured so far. */
  | { kind: 'running' }
  | { kind: 'one'; id: number }
  | { kind: 'two'; before: number; after: number };

export interface BenchSlice {
  /** The benchmark as the browser process last described it; null until the feed is open. */
  bench: BenchView | null;
  draft: BenchDraft;
  shown: ShownResult;
  /** The plot that was chosen; null: the one that suits the result. */
  plot: 'size' | 'box' | 'percentile' | null;
  /** What there is a panel for each of; null: one plot for all, undefined: as many as the lines need. */
  panels: 'method' | 'route' | 'size' | null | undefined;
  /** The run whose stages stand in the plot's place, with its name: what a picture of the result is then of. */
  stagesShown: { run: BenchRun; label: string } | null;
  /** Results that were fetched, by id. */
  results: Readonly<Record<number, BenchResult>>;
  /** What the latest run has measured so far; stays until the next, to stand in for its result until that is there. */
  partial: BenchResult | null;
  receiveBench(next: BenchView): void;
  receivePartial(partial: BenchPartial): void;
  setDraft(patch: Partial<BenchDraft>): void;
  showResult(shown: ShownResult): void;
  setPlot(plot: NonNullable<BenchSlice['plot']>): void;
  setPanels(panels: 'method' | 'route' | 'size' | null): void;
  showStages(stagesShown: BenchSlice['stagesShown']): void;
  keepResult(id: number, result: BenchResult): void;
}

export const createBenchSlice: SliceCreator<BenchSlice> = (set, get) => ({
  bench: null,
  draft: FIRST_DRAFT,
  shown: { kind: 'none' },
  plot: null,
  panels: undefined,
  stagesShown: null,
  results: {},
  partial: null,
  receiveBench(next) {
    const { bench, shown, partial } = get();
    const present = new Set(next.results.map(({ id }) => id));
    const running = next.run.kind === 'running';
    const started = running && bench?.run.kind !== 'running';
    const wanted = started ? { kind: 'running' as const } : (newlyMeasured(bench, next) ?? shown);
    set({
      bench: shareStructure(bench, next),
      shown: stillThere(wanted, present, running),
      partial: started ? null : partial,
    });
  },
  receivePartial: (partial) => set({ partial: withPartial(get().partial, partial) }),
  setDraft: (patch) => set({ draft: { ...get().draft, ...patch } }),
  showResult: (shown) => set({ shown }),
  setPlot: (plot) => set({ plot }),
  setPanels: (panels) => set({ panels }),
  showStages: (stagesShown) => set({ stagesShown }),
  keepResult: (id, result) => set({ results: { ...get().results, [id]: result } }),
});

/** A run that has just come to its end shows its result. */
function newlyMeasured(before: BenchView | null, { run }: BenchView): ShownResult | null {
  if (before?.run.kind !== 'running' || run.kind !== 'idle' || run.last.kind !== 'measured') return null;
  return { kind: 'one', id: run.last.resultId };
}

function stillThere(shown: ShownResult, present: ReadonlySet<number>, running: boolean): ShownResult {
  switch (shown.kind) {
    case 'none':
      return shown;
    case 'running':
      return running ? shown : { kind: 'none' };
    case 'one':
      return present.has(shown.id) ? shown : { kind: 'none' };
    case 'two':
      if (present.has(shown.before) && present.has(shown.after)) return shown;
      return stillThere({ kind: 'one', id: present.has(shown.after) ? shown.after : shown.before }, present, running);
  }
}
