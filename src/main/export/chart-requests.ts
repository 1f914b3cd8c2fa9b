import type { ChartView, FeedMessage } from '../../shared/feed';
import type { ChartImage } from '../../shared/ipc-contract';
import type { Feed } from '../feed';

/** Drawing waits for the shell's next paints; a shell that takes longer than this is not going to answer. */
const LIMIT_MS = 20_000;

interface Pending {
  message: Extract<FeedMessage, { kind: 'render-chart' }>;
  resolve: (image: ChartImage) => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
}

/** Asks the shell to draw a chart for an export: it alone has the charts. */
export class ChartRequests {
  readonly #feed: Feed;
  readonly #bringBack: () => void;
  readonly #pending = new Map<number, Pending>();
  #next = 1;

  /** `bringBack` is called when a chart is asked for and no shell is there to draw it. */
  constructor(feed: Feed, bringBack: () => void) {
    this.#feed = feed;
    this.#bringBack = bringBack;
    // A shell that died with a chart in its hands, or was away, is asked when it is back.
    feed.onOpened(() => {
      for (const { message } of this.#pending.values()) feed.send(message);
    });
  }

  /** Rejects when the shell can't draw, or doesn't within a time limit: also one that has to be brought back first. */
  draw(view: ChartView, title: string, png: boolean): Promise<ChartImage> {
    const requestId = this.#next;
    this.#next += 1;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => this.rendered(requestId, { error: `the window did not draw it within ${LIMIT_MS / 1000} s` }),
        LIMIT_MS,
      );
      const message = { kind: 'render-chart', requestId, view, png, title } as const;
      this.#pending.set(requestId, { message, resolve, reject, timer });
      if (!this.#feed.send(message)) this.#bringBack();
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
