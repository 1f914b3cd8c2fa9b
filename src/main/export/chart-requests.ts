import type { ChartView, FeedMessage } from '../../shared/feed';
import type { ChartImage } from '../../shared/ipc-contract';
import { type Message, MessageError, say } from '../../shared/messages/message';
import type { Feed } from '../feed';

/** Drawing waits for the shell's next paints; a shell that takes longer than this is not going to answer. */
const LIMIT_MS = 10_000;

interface Pending {
  message: Extract<FeedMessage, { kind: 'render-chart' }>;
  resolve: (image: ChartImage) => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
}

/** Asks the shell to draw a chart for an export: it alone has the charts. */
export class ChartRequests {
  readonly #feed: Pick<Feed, 'send' | 'onOpened'>;
  readonly #bringBack: () => void;
  readonly #limitMs: number;
  readonly #pending = new Map<number, Pending>();
  #next = 1;
  /** Whether the shell owes an answer for longer than the limit: one wait is enough for all charts of an export. */
  #hung = false;

  /** `bringBack` is called when a chart is asked for and no shell is there to draw it. */
  constructor(feed: Pick<Feed, 'send' | 'onOpened'>, bringBack: () => void, limitMs = LIMIT_MS) {
    this.#feed = feed;
    this.#bringBack = bringBack;
    this.#limitMs = limitMs;
    // A shell that died with a chart in its hands, or was away, is asked when it is back.
    feed.onOpened(() => {
      this.#hung = false;
      for (const { message } of this.#pending.values()) feed.send(message);
    });
  }

  /**
   * Rejects when the shell can't draw, doesn't within a time limit (also one that has to be brought back first), or has
   * hung since a request before.
   */
  draw(view: ChartView, title: string, png: boolean): Promise<ChartImage> {
    const requestId = this.#next;
    this.#next += 1;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#hung = true;
        this.#settle(requestId, { error: say('chart.late', { limitMs: this.#limitMs }) });
      }, this.#limitMs);
      const message = { kind: 'render-chart', requestId, view, png, title } as const;
      this.#pending.set(requestId, { message, resolve, reject, timer });
      // Asked even so: an answer, however late, tells that it is back.
      if (!this.#feed.send(message)) this.#bringBack();
      else if (this.#hung) this.#settle(requestId, { error: say('chart.window-hangs') });
    });
  }

  /** The shell's answer. */
  rendered(requestId: number, result: ChartImage | { error: string }): void {
    this.#hung = false;
    this.#settle(requestId, 'error' in result ? { error: say('verbatim', { text: result.error }) } : result);
  }

  #settle(requestId: number, result: ChartImage | { error: Message }): void {
    const pending = this.#pending.get(requestId);
    if (pending === undefined) return;
    this.#pending.delete(requestId);
    clearTimeout(pending.timer);
    if ('error' in result) pending.reject(new MessageError(say('chart.not-drawn', { cause: result.error })));
    else pending.resolve(result);
  }
}
