import type { LoadRouteView, LoadState, LoadView } from '../../shared/load/view';
import { render, say } from '../../shared/messages/message';

/** On a terminal one line is drawn over itself; elsewhere a plain line now and then. */
const REDRAW_MS = 500;
const REPRINT_MS = 5_000;
const UP_AND_CLEAR = '\u001b[1A\u001b[2K';

/** As much of a load as progress tells. */
export interface ProgressView extends Pick<LoadView, 'badRecords' | 'points' | 'events'> {
  state: { kind: LoadState['kind'] };
  users: { now: number };
  routes: Array<Pick<LoadRouteView, 'route' | 'counts' | 'requestsPerSecond'>>;
}

/** Progress on standard error. Lines end with a line feed, because the launcher passes on whole lines. */
export class LoadProgress {
  readonly #terminal: boolean;
  readonly #write: (text: string) => void;
  #drawn = false;
  #lastMs = 0;
  #events = 0;
  #badTold = false;

  constructor(terminal: boolean, write: (text: string) => void = (text) => void process.stderr.write(text)) {
    this.#terminal = terminal;
    this.#write = write;
    this.#lastMs = terminal ? 0 : performance.now();
  }

  show(view: ProgressView): void {
    this.#tellBad(view);
    for (const { at_s: atS, text } of view.events.slice(this.#events))
      this.#line(render(say('load.event', { atS, text })));
    this.#events = view.events.length;
    const now = performance.now();
    if (now - this.#lastMs < (this.#terminal ? REDRAW_MS : REPRINT_MS)) return;
    const text = progressText(view);
    if (text === null) return;
    this.#lastMs = now;
    this.#write(`${this.#drawn ? UP_AND_CLEAR : ''}${plain(text)}\n`);
    this.#drawn = this.#terminal;
  }

  /** What is left to say; the line of progress goes. */
  end(view?: ProgressView): void {
    this.#lastMs = performance.now();
    if (view !== undefined) this.show(view);
    if (this.#drawn) this.#write(UP_AND_CLEAR);
    this.#drawn = false;
  }

  #tellBad({ badRecords }: ProgressView): void {
    if (this.#badTold || badRecords.count === 0) return;
    this.#badTold = true;
    for (const bad of badRecords.first) this.#line(render(say('load.bad-record', { ...bad })));
    if (badRecords.count > badRecords.first.length)
      this.#line(render(say('load.bad-records', { count: badRecords.count })));
  }

  #line(text: string): void {
    this.#write(`${this.#drawn ? UP_AND_CLEAR : ''}${plain(text)}\n`);
    this.#drawn = false;
  }
}

/** Null while there is nothing to say. */
function progressText({ state, users, routes, points }: ProgressView): string | null {
  if (state.kind === 'settling') {
    const missing = routes.reduce(
      (sum, { counts }) => sum + Math.max(0, (counts?.accepted ?? 0) - (counts?.delivered ?? 0)),
      0,
    );
    return render(say('load.settling', { missing }));
  }
  if (state.kind !== 'running') return null;
  const parts = routes.flatMap(({ route, counts, requestsPerSecond }) => {
    if (counts === null) return [];
    const { sent, delivered, refused, failed } = counts;
    return [
      say('load.progress-route', { route, sent, delivered, failures: refused + failed, perSecond: requestsPerSecond }),
    ];
  });
  return render(say('load.progress', { seconds: points.at(-1)?.atS ?? 0, users: users.now, routes: parts }));
}

function plain(text: string): string {
  return text.replaceAll(/[\u202f\u00a0]/g, ' ');
}
