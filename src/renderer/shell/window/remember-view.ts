import { type ShellState, useShell } from '../store/shell-store';

const KEY = 'view';
type View = Pick<ShellState, 'page' | 'chart' | 'window' | 'scale' | 'timing' | 'colourBy' | 'floor'> & {
  hidden: string[];
};

/**
 * Shows the window as it was before its page's process died, and keeps from now on how it is set up. In the session's
 * storage: it lives in the browser process for as long as the window does, and not longer, so nothing else writes it.
 */
export function rememberView(): void {
  const kept = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as View | null;
  if (kept !== null) useShell.setState({ ...kept, hidden: new Set(kept.hidden) });
  let last = '';
  useShell.subscribe(({ page, chart, window, scale, timing, colourBy, floor, hidden }) => {
    const view: View = { page, chart, window, scale, timing, colourBy, floor, hidden: [...hidden] };
    const text = JSON.stringify(view);
    if (text !== last) sessionStorage.setItem(KEY, text);
    last = text;
  });
}
