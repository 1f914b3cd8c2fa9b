import type { PingChoice } from '../../../shared/anatomy-view';
import type { GlossaryId } from '../../../shared/glossary';
import type { SliceCreator } from '../store/slice';

/** The one modal that is open. While one is, the page under the active tab is hidden. */
export type DialogState =
  | { kind: 'none' }
  | { kind: 'new-tab' }
  | { kind: 'export' }
  | { kind: 'about' }
  | { kind: 'processes' }
  | { kind: 'stretch' }
  | { kind: 'incident'; incidentId: number }
  /** `ping`: the one that was clicked in the chart. */
  | { kind: 'anatomy'; channelId: string; ping: PingChoice | null };

/** What the status line says about the last thing the person asked for. */
export interface StatusMessage {
  id: number;
  tone: 'good' | 'bad';
  text: string;
  /** Number of the file that it speaks of, which can be shown in its folder. */
  file?: number;
}

export interface DialogSlice {
  dialog: DialogState;
  /** The glossary, which may stand over a dialog, and the word that it was asked for; null while it is closed. */
  glossary: { word: GlossaryId | null } | null;
  status: StatusMessage | null;
  dismissedNotices: ReadonlySet<string>;
  openDialog(dialog: DialogState): void;
  closeDialog(): void;
  say(tone: StatusMessage['tone'], text: string, file?: number): void;
  openGlossary(word: GlossaryId | null): void;
  closeGlossary(): void;
  clearStatus(id: number): void;
  dismissNotice(id: string): void;
}

export const createDialogSlice: SliceCreator<DialogSlice> = (set, get) => ({
  dialog: { kind: 'none' },
  glossary: null,
  status: null,
  dismissedNotices: new Set(),
  openDialog: (dialog) => set({ dialog, glossary: null }),
  closeDialog: () => set({ dialog: { kind: 'none' } }),
  say: (tone, text, file) =>
    set({ status: { id: (get().status?.id ?? 0) + 1, tone, text, ...(file === undefined ? {} : { file }) } }),
  openGlossary: (word) => set({ glossary: { word } }),
  closeGlossary: () => set({ glossary: null }),
  clearStatus(id) {
    if (get().status?.id === id) set({ status: null });
  },
  dismissNotice: (id) => set({ dismissedNotices: new Set([...get().dismissedNotices, id]) }),
});
