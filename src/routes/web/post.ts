import type { Dispatcher } from 'undici';
import Pool from 'undici/lib/dispatcher/pool.js';
import { STAMP_HEADER } from '../../shared/routes/message';
import { type Deadline, Deadlines } from './deadlines';

/** `failed`: it is not known whether the other side has taken it. `not sent`: there was no connection to send it on. */
export type PostResult =
  | { kind: 'answered'; status: number; text: string }
  | { kind: 'failed' | 'not sent'; reason: string };

const MAX_ANSWER_CHARS = 10_000;
/** Idle ones go before the other side closes them (75 s): a post on a connection that is being closed would fail. */
const IDLE_MS = 60_000;

export interface PosterOptions {
  url: string;
  /** One connection for each post in flight, kept open between posts; more posts than this wait. */
  maxSockets: number;
  timeoutMs: number;
}

/**
 * Posts JSON to one receiver or collector. By undici, which takes a third of the time of Node.js' own client, and in
 * which a post is one object, without a timer of its own.
 */
export class Poster {
  readonly #pool: Dispatcher;
  readonly #deadlines: Deadlines;
  readonly #pathname: string;
  readonly #late: string;

  constructor({ url, maxSockets, timeoutMs }: PosterOptions) {
    const { origin, pathname, search } = new URL(url);
    this.#pathname = pathname + search;
    this.#late = `No answer within ${timeoutMs / 1000} s`;
    this.#deadlines = new Deadlines(timeoutMs);
    this.#pool = new Pool(origin, {
      connections: maxSockets,
      // One at a time on a connection: none is sent a second time because one before it failed.
      pipelining: 1,
      keepAliveTimeout: IDLE_MS,
      keepAliveMaxTimeout: IDLE_MS,
      // The deadlines are those here.
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: { timeout: timeoutMs },
    });
  }

  /** Once. Never rejects, and never tries again: who got it the first time would get it twice. */
  post(body: string, stamp: string): Promise<PostResult> {
    return new Promise((resolve) => {
      const post = new Post(this.#deadlines, this.#late, resolve);
      const headers = ['content-type', 'application/json', STAMP_HEADER, stamp];
      this.#pool.dispatch({ path: this.#pathname, method: 'POST', headers, body }, post);
    });
  }

  /** What has no answer yet fails. */
  close(): void {
    void this.#pool.destroy();
    this.#deadlines.close();
  }
}

class Post implements Dispatcher.DispatchHandler {
  readonly #deadline: Deadline;
  readonly #resolve: (result: PostResult) => void;
  #controller: Dispatcher.DispatchController | null = null;
  #over = false;
  #status = 0;
  #text = '';

  constructor(deadlines: Deadlines, late: string, resolve: (result: PostResult) => void) {
    this.#resolve = resolve;
    this.#deadline = deadlines.watch(() => {
      this.#fail(late);
      this.#controller?.abort(new Error(late));
    });
  }

  /** It has a connection and is about to be written. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    // To throw is how one that has waited too long for a connection leaves it to others.
    if (this.#over) throw new Error('Too late to be sent');
    this.#controller = controller;
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number): void {
    this.#status = status;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    // What was accepted needs no words.
    if (this.#status >= 300 && this.#text.length < MAX_ANSWER_CHARS) this.#text += chunk.toString('utf8');
  }

  onResponseEnd(): void {
    this.#settle({ kind: 'answered', status: this.#status, text: this.#text });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: NodeJS.ErrnoException): void {
    this.#fail(reasonOf(error));
  }

  #fail(reason: string): void {
    this.#settle({ kind: this.#controller === null ? 'not sent' : 'failed', reason });
  }

  #settle(result: PostResult): void {
    if (this.#over) return;
    this.#over = true;
    this.#deadline.forget();
    this.#resolve(result);
  }
}

function reasonOf(error: NodeJS.ErrnoException): string {
  switch (error.code) {
    case 'ECONNREFUSED':
      return 'Connection refused';
    case 'ECONNRESET':
    case 'EPIPE':
    case 'UND_ERR_SOCKET':
      return 'Connection lost before the answer';
    default:
      return error.message;
  }
}

/** The `error` of an answer of ours, or its status. */
export function errorIn(status: number, text: string): string {
  try {
    const { error } = JSON.parse(text) as { error?: unknown };
    if (typeof error === 'string') return `${status}: ${error}`;
  } catch {
    // Not JSON: the status has to do.
  }
  return `HTTP status ${status}`;
}
