import type { ChartView } from '../../shared/feed';
import type { ChartImage } from '../../shared/ipc-contract';
import type { Feed } from '../feed';

/** Drawing waits for the shell's next paints; a shell that takes longer than this is not going to answer. */
const LIMIT_MS = 20_000;

interface Pending {
  resolve: (image: ChartImage) => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
}

/** Asks the shell to draw a chart for an export: it alone has the charts. */
export class ChartRequests {
  readonly #feed: Feed;
  readonly #pending = new Map<number, Pending>();
  #next = 1;

  constructor(feed: Feed) {
    this.#feed = feed;
  }

  /** Rejects when the shell can't draw, or doesn't within a time limit. */
  draw(view: ChartView, title: string, png: boolean): Promise<ChartImage> {
    const requestId = this.#next;
    this.#next += 1;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => this.rendered(requestId, { error: `the window did not draw it within ${LIMIT_MS / 1000} s` }),
        LIMIT_MS,
      );
      this.#pending.set(requestId, { resolve, reject, timer });
      if (!this.#feed.send({ kind: 'render-chart', requestId, view, png, title }))
        this.rendered(requestId, { error: 'the window is not open' });
    });
  }

  rendered(requestId: number, result: ChartImage | { error: string }): void {
    const pending = this.#pending.get(requestId);
    if (pending === undefined) return;
    this.#pending.delete(requestId);
    clearTimeout(pending.timer);
    if ('error' in result) pending.reject(new Error(`the chart could not be drawn: ${result.error}`));
    else pending.resolve(result);
  }
}
