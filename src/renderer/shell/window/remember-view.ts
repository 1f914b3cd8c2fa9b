import type { ViewSettings } from '../../../shared/view-settings';
import { messageOf, request } from '../bridge';
import { type ShellState, useShell } from '../store/shell-store';

/** The parts of the window's state that are remembered. */
const KEPT = [
  'page',
  'chart',
  'window',
  'scale',
  'timing',
  'colourBy',
  'floor',
  'eventsShown',
  'hidden',
  'plot',
  'draft',
  'firstSteps',
] as const satisfies readonly (keyof ShellState)[];
type View = Pick<ShellState, (typeof KEPT)[number]>;

/**
 * Shows the window as it was when it was closed, or its page's process died, and tells the browser process from now on
 * how it is set up: it keeps that in the profile. Resolves when the window can be drawn.
 */
export async function rememberView(): Promise<void> {
  try {
    const { hidden, draft, ...kept } = await request('view:read');
    const { draft: first } = useShell.getState();
    useShell.setState({
      ...(present(kept) as Partial<View>),
      ...(hidden === undefined ? {} : { hidden: new Set(hidden) }),
      ...(draft === undefined
        ? {}
        : {
            draft: { ...first, ...present(draft), methods: new Set(draft.methods ?? first.methods) } as View['draft'],
          }),
    });
  } finally {
    useShell.subscribe((now, before) => {
      if (!KEPT.some((key) => now[key] !== before[key])) return;
      request('view:remember', toSettings(now)).catch((error: unknown) =>
        now.say('bad', `The window's settings are not remembered: ${messageOf(error)}`),
      );
    });
  }
}

/** Everything as at first. */
export function forgetView(): void {
  const first = useShell.getInitialState();
  useShell.setState(Object.fromEntries(KEPT.map((key) => [key, first[key]])) as unknown as View);
}

function toSettings(state: ShellState): ViewSettings {
  const { page, chart, window, scale, timing, colourBy, floor, eventsShown, hidden, plot, draft, firstSteps } = state;
  return {
    ...{ page, chart, window, scale, timing, colourBy, floor, eventsShown, plot },
    // A line that is hidden stays so while its site is closed; a thousand are surely enough.
    hidden: [...hidden].slice(-1000),
    draft: { ...draft, methods: [...draft.methods] },
    firstSteps: { dismissed: firstSteps.dismissed, done: [...firstSteps.done] },
  };
}

function present<T extends object>(settings: T): Partial<T> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as Partial<T>;
}
