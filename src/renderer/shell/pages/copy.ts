import { render } from '../../../shared/messages/message';
import { attempt, messageOf } from '../bridge';
import { useShell } from '../store/shell-store';
import { cellsOf } from '../ui/table-cells';

/** On the table that a page is about: what _Copy the table_ takes. */
export const COPIED_TABLE = { 'data-copied': 'table' } as const;

/** Puts what a page draws onto the clipboard, as a picture. `draw` rejects with words for a person. */
export async function copyChart(draw: () => Promise<Uint8Array<ArrayBuffer>>): Promise<void> {
  const { say } = useShell.getState();
  try {
    const outcome = await attempt('clipboard:image', await draw());
    if (outcome.ok) say('good', 'Copied the chart.');
    else say('bad', render(outcome.message));
  } catch (error) {
    say('bad', `The chart was not copied: ${messageOf(error)}`);
  }
}

/** The table of the dialog that is open, or of the page that is shown, as it is shown: filtered and sorted. */
export async function copyTable(): Promise<void> {
  const { say } = useShell.getState();
  const copied = `table[data-copied="${COPIED_TABLE['data-copied']}"]`;
  const table =
    document.querySelector<HTMLTableElement>(`dialog[open] ${copied}`) ??
    document.querySelector<HTMLTableElement>(copied);
  const rows = table === null ? [] : cellsOf(table);
  if (rows.length < 2) return say('bad', 'There is no table to copy yet. Measure something first.');
  const outcome = await attempt('clipboard:table', rows);
  if (outcome.ok) say('good', `Copied ${rows.length - 1} rows.`);
  else say('bad', render(outcome.message));
}
