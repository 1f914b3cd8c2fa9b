import { useEffect, useRef } from 'react';
import { PageChoice } from './page-choice';
import { liveSeries } from '../pages/live/series/live-series';
import { useShell } from '../store/shell-store';
import { Icon } from '../ui/icons';
import { Word } from '../pages/word';
import { ProbeControls } from './probe-controls';

export function Header() {
  const open = useShell((s) => s.openDialog);
  const openGlossary = useShell((s) => s.openGlossary);
  const page = useShell((s) => s.page);
  return (
    <header className="app-header">
      <h1>
        <svg className="app-mark" width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
          <path d="M1 5h20v5c0 5-4 8-7 8H8c-3 0-7-3-7-8z" fill="currentColor" />
          <path d="M7.5 5v13M14.5 5v13" stroke="var(--bg)" strokeWidth="2" />
        </svg>
        <span className="app-name">Bulkhead</span>
      </h1>
      <RecordingClock />
      <PageChoice />
      {page === 'live' ? <ProbeControls /> : <div className="probe-controls" />}
      <div className="header-actions">
        {page === 'live' && (
          <button
            type="button"
            className="button is-primary"
            onClick={() => open({ kind: 'export' })}
            data-testid="open-export"
          >
            <Icon name="download" /> Export…
          </button>
        )}
        <button
          type="button"
          className="button"
          onClick={() => openGlossary(null)}
          title="What the words mean (F1 or ?)"
          data-testid="open-glossary"
        >
          <Icon name="unknown" /> <span>Glossary</span>
        </button>
        <button
          type="button"
          className="button"
          onClick={() => open({ kind: 'about' })}
          title="About Bulkhead: versions, runtime, notices"
          data-testid="open-about"
        >
          <Icon name="info" /> <span>About</span>
        </button>
      </div>
    </header>
  );
}

/** How long the recording has run. Written straight into the document once a second: nothing else depends on it. */
function RecordingClock() {
  const ref = useRef<HTMLTimeElement>(null);
  useEffect(
    () =>
      liveSeries.subscribe(() => {
        const text = clock(liveSeries.nowNs / 1e9);
        if (ref.current && ref.current.textContent !== text) ref.current.textContent = text;
      }),
    [],
  );
  return (
    <p className="recording">
      <span className="recording-dot" aria-hidden="true" />
      <Word id="recording">
        <span className="visually-hidden">Recording for </span>
        <time ref={ref}>0:00</time>
      </Word>
    </p>
  );
}

function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  const two = (n: number): string => String(n).padStart(2, '0');
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}
