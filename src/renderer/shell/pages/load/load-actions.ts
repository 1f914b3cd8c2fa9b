import type { LoadFormat } from '../../../../shared/load/result-formats';
import { render } from '../../../../shared/messages/message';
import { act, attempt, messageOf, request } from '../../bridge';
import { useShell } from '../../store/shell-store';
import { readDraft } from './load-draft';

/** Starts what the form says. False when something in it is wrong: that stands beside its field. */
export async function startLoad(): Promise<boolean> {
  const { loadDraft, load } = useShell.getState();
  const read = readDraft(loadDraft, load?.routes ?? []);
  return read.kind === 'form' && (await act('load:start', read.form));
}

/** Brings the chosen routes up without a load. */
export async function prepareRoutes(): Promise<boolean> {
  const { loadDraft, load } = useShell.getState();
  const read = readDraft(loadDraft, load?.routes ?? []);
  return read.kind === 'form' && (await act('load:prepare', read.form.routes));
}

/** Which servers are installed stands in the next view. */
export function lookForServers(): void {
  // A look that fails leaves what is known; Start says what is wrong.
  void attempt('load:look');
}

/** Takes a traffic file: one that was dropped, or one that the person is asked for. Answers with a refusal, or null. */
export async function chooseFile(path: string | null): Promise<string | null> {
  try {
    const outcome = await request('load:choose-file', path);
    switch (outcome.status) {
      case 'cancelled':
        return null;
      case 'failed':
        return render(outcome.message);
      case 'chosen': {
        const { path: chosen, records, bad } = outcome;
        useShell.getState().setLoadDraft({ file: { path: chosen, records, bad } });
        return null;
      }
    }
  } catch (error) {
    return `The file was not taken: ${messageOf(error)}`;
  }
}

export async function saveLoad(format: LoadFormat): Promise<void> {
  const { say } = useShell.getState();
  try {
    const outcome = await request('load:save', format);
    if (outcome.status === 'saved') say('good', `Saved ${outcome.path}`, outcome.file);
    else if (outcome.status === 'failed') say('bad', render(outcome.message));
  } catch (error) {
    say('bad', `Nothing was saved: ${messageOf(error)}`);
  }
}

/** Puts the one command that installs a route's server onto the clipboard. */
export async function copyCommand(command: string): Promise<void> {
  const { say } = useShell.getState();
  const outcome = await attempt('clipboard:table', [[command]]);
  if (outcome.ok) say('good', 'Copied the command. Run it in a terminal.');
  else say('bad', render(outcome.message));
}
