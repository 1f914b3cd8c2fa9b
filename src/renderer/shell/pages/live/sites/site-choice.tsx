import { useState, type FormEvent } from 'react';
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

/** The built-in sites to choose from, and a field for any other address. */
export function SiteChoice({ onOpened }: Props) {
  const [address, setAddress] = useState('');
  const theme = useChartTheme();
  const remote = useShell((s) => selectEnvironment(s)?.runtimeSupported ?? false);
  const open = async (url: string): Promise<void> => {
    if (await act('tab:open', url)) onOpened?.();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (address.trim()) void open(address.trim());
  };
  return (
    <div className="site-choice">
      <ul>
        {BUILT_IN_SITES.map(({ url, name }, index) => (
          <li key={url}>
            <button
              type="button"
              className="site-card"
              style={{ borderLeftColor: processHue(theme, index) }}
              data-testid={`open-${name}`}
              autoFocus={index === 0}
              onClick={() => void open(url)}
            >
              <b>{name}</b>
              <span>{url}</span>
            </button>
          </li>
        ))}
      </ul>
      <form onSubmit={submit}>
        <label>
          <span>Another address</span>
          <input
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
      <p className="dialog-note">
        A site is scheme + registrable domain: www.alpha.test shares the process of alpha.test, beta.test never does.
        {!remote && ' Remote pages are off: this Electron runtime no longer gets security fixes.'}
      </p>
    </div>
  );
}
