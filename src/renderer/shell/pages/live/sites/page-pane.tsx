import { useRef } from 'react';
import { PROCESS_ACTIONS } from '../../../../../shared/process-actions';
import type { TabView } from '../../../../../shared/snapshot';
import { render } from '../../../../../shared/messages/message';
import { act } from '../../../bridge';
import { usePagePlacement } from './use-page-placement';
import { selectActiveTab, selectModalOpen } from '../../../store/selectors';
import { useShell } from '../../../store/shell-store';
import { Icon } from '../../../ui/icons';
import { SadTab } from './sad-tab';
import { SiteChoice } from './site-choice';

/** What is under the tabs. Pages themselves are native views, drawn by the browser process over `.page-slot`. */
export function PagePane() {
  const tab = useShell(selectActiveTab);
  const modal = useShell(selectModalOpen);
  const started = useShell((s) => s.snapshot !== null);
  const slot = useRef<HTMLDivElement>(null);
  const hasPage = tab !== null && (tab.pane.kind === 'page' || tab.pane.kind === 'loading');
  usePagePlacement(slot, hasPage && !modal);
  return (
    <div
      className="pane"
      id="pane"
      role="tabpanel"
      aria-label={tab?.title ?? 'No tab'}
      data-testid="pane"
      data-kind={tab?.pane.kind ?? (started ? 'empty' : 'starting')}
    >
      {tab?.unresponsive === true && tab.processId !== null && <UnresponsiveBar tab={tab} processId={tab.processId} />}
      <div className="page-slot" ref={slot}>
        {tab ? (
          <PaneContent key={tab.id} tab={tab} />
        ) : started ? (
          <EmptyPane />
        ) : (
          <p className="pane-loading">Starting…</p>
        )}
      </div>
    </div>
  );
}

function PaneContent({ tab }: { tab: TabView }) {
  const { pane } = tab;
  switch (pane.kind) {
    case 'loading':
      return <p className="pane-loading">Loading {tab.url}…</p>;
    case 'page':
      return null;
    case 'sad':
      return <SadTab tab={tab} termination={pane.termination} again={pane.again} />;
    case 'refused':
      return (
        <PaneMessage icon="ban" title="This address isn’t opened" reason={render(pane.reason)}>
          Type another address above, or open a built-in site such as <code>bulkhead://alpha.test</code>.
        </PaneMessage>
      );
    case 'load-failed':
      return (
        <PaneMessage
          icon="warning"
          title="The page didn’t load"
          reason={render(pane.reason)}
          onReload={() => void act('tab:reload', tab.id)}
        >
          Check the address, then try again. The built-in sites need no network.
        </PaneMessage>
      );
    case 'ended':
      return (
        <PaneMessage
          icon="warning"
          title="The page was ended"
          reason={render(pane.reason)}
          onReload={() => void act('tab:reload', tab.id)}
        >
          Everything else went on. Trying again starts the page afresh.
        </PaneMessage>
      );
  }
}

interface MessageProps {
  icon: 'ban' | 'warning';
  title: string;
  reason: string;
  onReload?(): void;
  children: React.ReactNode;
}

function PaneMessage({ icon, title, reason, onReload, children }: MessageProps) {
  return (
    <div className="pane-message" role="alert">
      <Icon name={icon} size={30} />
      <h2>{title}</h2>
      <p>{reason}</p>
      <p className="pane-hint">{children}</p>
      {onReload && (
        <button type="button" className="button is-primary" onClick={onReload}>
          <Icon name="reload" /> Try again
        </button>
      )}
    </div>
  );
}

function EmptyPane() {
  return (
    <div className="pane-message">
      <h2>Open a site</h2>
      <p>Each gets a renderer process of its own, and a channel that is measured at once.</p>
      <SiteChoice />
    </div>
  );
}

function UnresponsiveBar({ tab, processId }: { tab: TabView; processId: string }) {
  return (
    <div className="unresponsive-bar" role="alert" data-testid="unresponsive-bar">
      <p>
        <Icon name="hourglass" /> <b>{tab.site ?? tab.title}</b> doesn’t answer.
      </p>
      <button
        type="button"
        className="button"
        data-testid="bar-wait"
        onClick={() => void act('process:act', processId, 'wait')}
      >
        {PROCESS_ACTIONS.wait.label}
      </button>
      <button
        type="button"
        className="button is-danger"
        data-testid="bar-end"
        onClick={() => void act('process:act', processId, 'end')}
      >
        {PROCESS_ACTIONS.end.label}
      </button>
    </div>
  );
}
