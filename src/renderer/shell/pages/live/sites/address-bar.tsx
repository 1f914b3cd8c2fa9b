import { useState, type FormEvent, type KeyboardEvent } from 'react';
import { act } from '../../../bridge';
import { selectActiveTab } from '../../../store/selectors';
import { useShell } from '../../../store/shell-store';
import { Icon } from '../../../ui/icons';

/** By which the shortcut finds it, without a ref through half the tree. */
export const ADDRESS_INPUT_ID = 'address';

/** Back, forward, reload and the address of the active tab, with the pid of the process that it lives in. */
export function AddressBar() {
  const tab = useShell(selectActiveTab);
  /** What is being typed, and for which tab: another tab shows its own address. */
  const [draft, setDraft] = useState<{ tabId: number | null; text: string } | null>(null);
  const tabId = tab?.id ?? null;
  const typing = draft !== null && draft.tabId === tabId;
  const text = typing ? draft.text : (tab?.url ?? '');

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const url = text.trim();
    if (!url) return;
    if (await (tab ? act('tab:navigate', tab.id, url) : act('tab:open', url))) setDraft(null);
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.key !== 'Escape') return;
    setDraft(null);
    event.currentTarget.blur();
  }

  return (
    <form className="address-bar" onSubmit={(event) => void submit(event)}>
      <button
        type="button"
        className="icon-button"
        aria-label="Back"
        title="Back"
        disabled={!tab?.canGoBack}
        onClick={() => tab && void act('tab:back', tab.id)}
      >
        <Icon name="back" />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label="Forward"
        title="Forward"
        disabled={!tab?.canGoForward}
        onClick={() => tab && void act('tab:forward', tab.id)}
      >
        <Icon name="forward" />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label="Reload"
        title="Reload"
        disabled={!tab}
        onClick={() => tab && void act('tab:reload', tab.id)}
      >
        <Icon name="reload" />
      </button>
      <input
        id={ADDRESS_INPUT_ID}
        data-testid="address"
        aria-label="Address"
        value={text}
        placeholder="bulkhead://alpha.test"
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setDraft({ tabId, text: event.target.value })}
        onFocus={(event) => event.target.select()}
        onKeyDown={onKeyDown}
      />
      <span className="address-pid mono" title="The process of this tab">
        {tab ? (tab.pid === null ? 'no process' : `pid ${tab.pid}`) : ''}
      </span>
    </form>
  );
}
