import { useEffect, useRef, type KeyboardEvent } from 'react';
import type { TabView } from '../../../../../shared/snapshot';
import { act } from '../../../bridge';
import { processHue } from '../../../charts/chart-theme';
import { useChartTheme } from '../../../charts/use-chart-theme';
import { selectActiveTabId, selectTabs } from '../../../store/selectors';
import { useShell } from '../../../store/shell-store';
import { Icon } from '../../../ui/icons';

/** The open tabs. Arrow keys move between them, Delete closes the one in focus. */
export function TabStrip() {
  const tabs = useShell(selectTabs);
  const activeId = useShell(selectActiveTabId);
  const open = useShell((s) => s.openDialog);
  const list = useRef<HTMLDivElement>(null);
  /** The tab in focus is being closed by the keyboard, and the focus would go with it. */
  const closing = useRef(false);
  useEffect(() => {
    if (!closing.current || document.activeElement !== document.body) return;
    closing.current = false;
    list.current?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
  });

  function onKeyDown(event: KeyboardEvent): void {
    const index = tabs.findIndex((tab) => tab.id === activeId);
    const active = tabs[index];
    if (!active) return;
    if (event.key === 'Delete') {
      event.preventDefault();
      closing.current = true;
      void act('tab:close', active.id);
      return;
    }
    const to = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: tabs.length - 1 }[event.key];
    const tab = to === undefined ? undefined : tabs[(to + tabs.length) % tabs.length];
    if (!tab) return;
    event.preventDefault();
    void act('tab:activate', tab.id);
    list.current?.querySelector<HTMLElement>(`[data-testid="tab-${tab.id}"]`)?.focus();
  }

  return (
    <div className="tab-strip">
      {/* A tablist holds tabs only: the buttons that close them stand beside it. */}
      <div role="tablist" aria-label="Tabs" aria-owns={tabs.map(({ id }) => elementId(id)).join(' ')} />
      <div className="tab-list" ref={list} onKeyDown={onKeyDown}>
        {tabs.map((tab) => (
          <Tab key={tab.id} tab={tab} active={tab.id === activeId} />
        ))}
      </div>
      <button
        type="button"
        className="icon-button"
        aria-label="New tab"
        title="New tab (Ctrl+T)"
        data-testid="new-tab"
        onClick={() => open({ kind: 'new-tab' })}
      >
        <Icon name="plus" />
      </button>
    </div>
  );
}

const elementId = (tabId: number): string => `tab-${tabId}`;

function Tab({ tab, active }: { tab: TabView; active: boolean }) {
  const theme = useChartTheme();
  const colourIndex = useShell((s) => (tab.processId === null ? undefined : s.colourIndex[tab.processId]));
  const dead = tab.pane.kind === 'sad';
  const name = tab.title || tab.url || 'New tab';
  const element = useRef<HTMLDivElement>(null);
  // Of twenty tabs the one in front may be out of sight.
  useEffect(() => {
    if (active) element.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [active]);
  return (
    <div className={active ? 'tab is-active' : 'tab'} ref={element}>
      <button
        type="button"
        role="tab"
        id={elementId(tab.id)}
        aria-selected={active}
        aria-controls="pane"
        tabIndex={active ? 0 : -1}
        className="tab-button"
        data-testid={`tab-${tab.id}`}
        title={`${name}\n${tab.url}${tab.pid === null ? '' : `\npid ${tab.pid}`}`}
        onClick={() => void act('tab:activate', tab.id)}
      >
        {dead ? (
          <Icon name="dead" size={13} />
        ) : tab.unresponsive ? (
          <Icon name="hourglass" size={13} />
        ) : (
          <span
            className="tab-dot"
            style={{ background: colourIndex === undefined ? theme.axis : processHue(theme, colourIndex) }}
          />
        )}
        <span className="tab-title">{name}</span>
      </button>
      <button
        type="button"
        className="tab-close"
        tabIndex={-1}
        aria-label={`Close ${name}`}
        title="Close (Ctrl+W)"
        data-testid={`close-tab-${tab.id}`}
        onClick={() => void act('tab:close', tab.id)}
      >
        <Icon name="close" size={12} />
      </button>
    </div>
  );
}
