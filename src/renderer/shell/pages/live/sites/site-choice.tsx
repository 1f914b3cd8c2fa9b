import { useRef, useState, type FormEvent, type KeyboardEvent } from 'react';
import { act } from '../../../bridge';
import { processHue } from '../../../charts/chart-theme';
import { useChartTheme } from '../../../charts/use-chart-theme';
import { selectEnvironment } from '../../../store/selectors';
import { useShell } from '../../../store/shell-store';
import { BUILT_IN_SITES } from './built-in-sites';
import { Icon } from '../../../ui/icons';

interface Props {
  /** Called once a tab has been opened. */
  onOpened?(): void;
}

/** A field for any address, and the built-in sites to choose from: arrow keys go from one to the next. */
export function SiteChoice({ onOpened }: Props) {
  const [address, setAddress] = useState('');
  const choice = useRef<HTMLDivElement>(null);
  const theme = useChartTheme();
  const remote = useShell((s) => selectEnvironment(s)?.runtimeSupported ?? false);
  const open = async (url: string): Promise<void> => {
    if (await act('tab:open', url)) onOpened?.();
  };
  function onKeyDown(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    const stops = [...(choice.current?.querySelectorAll<HTMLElement>('input, .site-card') ?? [])];
    const at = stops.findIndex((stop) => stop === document.activeElement);
    if (at === -1) return;
    event.preventDefault();
    stops[Math.max(0, at + step)]?.focus();
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (address.trim()) void open(address.trim());
  };
  return (
    <div className="site-choice" ref={choice} onKeyDown={onKeyDown}>
      <form onSubmit={submit}>
        <label>
          <span>Address</span>
          <input
            autoFocus
            data-testid="new-address"
            value={address}
            onChange={(event) => setAddress(event.target.value)}
            placeholder={remote ? 'https://… or bulkhead://www.alpha.test' : 'bulkhead://www.alpha.test'}
            spellCheck={false}
            autoComplete="off"
          />
        </label>
        <button type="submit" className="button">
          <Icon name="plus" /> Open
        </button>
      </form>
      <ul>
        {BUILT_IN_SITES.map(({ url, name }, index) => (
          <li key={url}>
            <button
              type="button"
              className="site-card"
              style={{ borderLeftColor: processHue(theme, index) }}
              data-testid={`open-${name}`}
              onClick={() => void open(url)}
            >
              <b>{name}</b>
              <span>{url}</span>
            </button>
          </li>
        ))}
      </ul>
      <p className="dialog-note">
        A site is scheme + registrable domain: www.alpha.test shares the process of alpha.test, beta.test never does.
        {!remote && ' Remote pages are off: this Electron runtime no longer gets security fixes.'}
      </p>
    </div>
  );
}
