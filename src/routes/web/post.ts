import { Agent, request } from 'node:http';

/** One connection for each post in flight, kept open between posts. */
export function keepAliveAgent(maxSockets: number): Agent {
  // Idle ones go before the other side closes them (75 s): a post on a connection that is being closed would fail.
  return new Agent({ keepAlive: true, maxSockets, maxFreeSockets: maxSockets, timeout: 60_000, scheduling: 'lifo' });
}

export interface PostRequest {
  agent: Agent;
  url: URL;
  body: string | Buffer;
  headers?: Record<string, string>;
  timeoutMs: number;
}

/** `failed`: it is not known whether the other side has taken it. `not sent`: there was no connection to send it on. */
export type PostResult =
  | { kind: 'answered'; status: number; text: string }
  | { kind: 'failed' | 'not sent'; reason: string };

const MAX_ANSWER_CHARS = 10_000;

/** Posts JSON once. Never rejects, and never tries again: who got it the first time would get it twice. */
export function postOnce({ agent, url, body, headers, timeoutMs }: PostRequest): Promise<PostResult> {
  return new Promise((resolve) => {
    let connected = false;
    const outgoing = request(
      url,
      {
        agent,
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body), ...headers },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          if (text.length < MAX_ANSWER_CHARS) text += chunk;
        });
        response.once('end', () => settle({ kind: 'answered', status: response.statusCode ?? 0, text }));
        response.once('error', (error) => settle({ kind: 'failed', reason: reasonOf(error) }));
      },
    );
    const timer = setTimeout(() => {
      settle({ kind: connected ? 'failed' : 'not sent', reason: `No answer within ${timeoutMs / 1000} s` });
      outgoing.destroy();
    }, timeoutMs);
    const settle = (result: PostResult) => {
      clearTimeout(timer);
      resolve(result);
    };
    outgoing.once('socket', (socket) => {
      if (!socket.connecting) connected = true;
      else socket.once('connect', () => (connected = true));
    });
    outgoing.on('error', (error) => settle({ kind: connected ? 'failed' : 'not sent', reason: reasonOf(error) }));
    outgoing.end(body);
  });
}

function reasonOf(error: NodeJS.ErrnoException): string {
  switch (error.code) {
    case 'ECONNREFUSED':
      return 'Connection refused';
    case 'ECONNRESET':
    case 'EPIPE':
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
