import { useEffect } from 'react';
import { useShell } from '../../../store/shell-store';
import { Icon } from '../../../ui/icons';
import type { Stretch } from '../view-slice';
import { stretchText } from './time-axis';

export const ZOOM_BUTTON_ID = 'zoom';

/** In the toolbar, in place of the windows: which time the charts and the table show, and the way back. */
export function StretchShown({ stretch }: { stretch: Stretch }) {
  const show = useShell((s) => s.showStretch);
  return (
    <span className="stretch-shown" data-testid="stretch">
      <span role="status">{stretchText(stretch)}</span>
      <button
        type="button"
        className="button"
        title="Back to live (Esc)"
        data-testid="zoom-back"
        onClick={() => {
          show(null);
          // This button goes; who uses the keyboard stays beside it.
          document.getElementById(ZOOM_BUTTON_ID)?.focus();
        }}
      >
        <Icon name="back" size={13} /> Live
      </button>
    </span>
  );
}

/** Escape goes back to live, where it has nothing nearer to do. */
export function useEscapeBack(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const { dialog, stretch, showStretch } = useShell.getState();
      if (event.key !== 'Escape' || stretch === null || dialog.kind !== 'none') return;
      if (event.target instanceof HTMLInputElement && event.target.type !== 'radio') return;
      showStretch(null);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
