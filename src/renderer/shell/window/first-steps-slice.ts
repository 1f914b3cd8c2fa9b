import { FIRST_STEPS, type FirstStep } from '../../../shared/first-steps';
import type { SliceCreator } from '../store/slice';

/** What a first run suggests to try, and what of it was done for real. */
export interface FirstStepsSlice {
  firstSteps: { dismissed: boolean; done: readonly FirstStep[] };
  tickOff(step: FirstStep): void;
  dismissFirstSteps(): void;
  /** From the beginning. */
  showFirstSteps(): void;
}

export const createFirstStepsSlice: SliceCreator<FirstStepsSlice> = (set, get) => ({
  firstSteps: { dismissed: false, done: [] },
  tickOff(step) {
    const { dismissed, done } = get().firstSteps;
    if (dismissed || done.includes(step)) return;
    set({ firstSteps: { dismissed, done: FIRST_STEPS.filter((each) => each === step || done.includes(each)) } });
  },
  dismissFirstSteps: () => set({ firstSteps: { ...get().firstSteps, dismissed: true } }),
  showFirstSteps: () => set({ firstSteps: { dismissed: false, done: [] } }),
});
