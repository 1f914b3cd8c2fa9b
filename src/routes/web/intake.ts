import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/**
 * The HTTP server of receivers and of the collector: `POST /` with a JSON body, and some `GET`s. Whatever comes in is
 * bounded and answered, and nothing that comes in is fatal.
 */

export interface IntakeLimits {
  maxBodyBytes: number;
  /** One more gets a 503; of twice as many the system's backlog is left to itself. */
  maxConnections: number;
  /** For the headers, from a connection's first moment on, ms. */
  headersTimeoutMs: number;
  /** For a whole request, ms. */
  requestTimeoutMs: number;
}

export const INTAKE_LIMITS: IntakeLimits = {
  maxBodyBytes: 1_048_576,
  maxConnections: 1_000,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 15_000,
};

/** `body` goes out as JSON, or as it is if it is bytes. */
export interface Answer {
  status: number;
  body: object | Uint8Array;
}

export interface IntakeHandlers {
  /** Gets the parsed body. A rejection counts as 500, and is told to `onError`. */
  post(body: unknown, request: IncomingMessage): Promise<Answer> | Answer;
  get: Readonly<Record<string, (query: URLSearchParams) => Answer>>;
  onError(error: unknown): void;
}

const ROOT = { pathname: '/', searchParams: new URLSearchParams() };

/** How much of a body that is too large is still read, so that its sender gets to read the answer. */
const DRAINED_BODIES = 16;

export class Intake {
  readonly #handlers: IntakeHandlers;
  readonly #limits: IntakeLimits;
  readonly #server: Server;
  readonly #answers = new Map<number, number>();
  #connections = 0;
  #turnedAway = 0;

  constructor(handlers: IntakeHandlers, limits: Partial<IntakeLimits> = {}) {
    this.#handlers = handlers;
    this.#limits = { ...INTAKE_LIMITS, ...limits };
    const { maxConnections, headersTimeoutMs, requestTimeoutMs } = this.#limits;
    this.#server = createServer(
      {
        connectionsCheckingInterval: Math.min(1_000, headersTimeoutMs),
        headersTimeout: headersTimeoutMs,
        requestTimeout: requestTimeoutMs,
        // Longer than clients of ours keep an idle connection: a post must not meet one that is being closed.
        keepAliveTimeout: 75_000,
      },
      (request, response) => this.#take(request, response),
    );
    this.#server.maxConnections = 2 * maxConnections;
    this.#server.on('drop', () => (this.#turnedAway += 1));
    this.#server.on('connection', (socket) => this.#meet(socket));
    this.#server.on('clientError', (error: NodeJS.ErrnoException, socket) => this.#refuseRaw(error, socket as Socket));
  }

  /** Answers by status, connections that are open, and those that were turned away before they could ask. */
  get counts(): { answers: Record<string, number>; connections: number; turnedAway: number } {
    return {
      answers: Object.fromEntries(this.#answers),
      connections: this.#connections,
      turnedAway: this.#turnedAway,
    };
  }

  /** Resolves to its URL; rejects when the address can't be had. */
  listen(host: string, port: number): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', (error: NodeJS.ErrnoException) => reject(listenFailure(host, port, error)));
      this.#server.listen({ host, port, backlog: 511 }, () => {
        const { port: got } = this.#server.address() as AddressInfo;
        resolve(`http://${host.includes(':') ? `[${host}]` : host}:${got}/`);
      });
    });
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  #meet(socket: Socket): void {
    this.#connections += 1;
    socket.once('close', () => (this.#connections -= 1));
    if (this.#connections <= this.#limits.maxConnections) return;
    this.#turnedAway += 1;
    this.#count(503);
    endRaw(socket, '503 Service Unavailable', `More than ${this.#limits.maxConnections} connections.`);
  }

  /** Without promises of its own up to the handler: they were a tenth of what a message costs here. */
  #take(request: IncomingMessage, response: ServerResponse): void {
    request.on('error', nothing);
    response.on('error', nothing);
    const fail = (error: unknown) => {
      this.#handlers.onError(error);
      this.#answer(response, { status: 500, body: { error: 'The server met an error of its own.' } });
    };
    try {
      const answer = this.#answerWithoutBody(request, response);
      if (answer !== null) {
        this.#answer(response, answer);
        return;
      }
    } catch (error) {
      fail(error);
      return;
    }
    this.#readBody(request, (body) => {
      try {
        const answer = this.#answerTo(body, request);
        if (answer instanceof Promise) answer.then((given) => this.#answer(response, given)).catch(fail);
        else this.#answer(response, answer);
      } catch (error) {
        fail(error);
      }
    });
  }

  /** Null for a post, whose body is yet to come. */
  #answerWithoutBody(request: IncomingMessage, response: ServerResponse): Answer | null {
    const { pathname, searchParams } = request.url === '/' ? ROOT : new URL(request.url ?? '/', 'http://localhost');
    const get = Object.hasOwn(this.#handlers.get, pathname) ? this.#handlers.get[pathname] : undefined;
    if (request.method === 'GET' && get !== undefined) return get(searchParams);
    if (pathname !== '/' && get === undefined) return refusal(404, `There is no ${pathname.slice(0, 100)} here.`);
    const allowed = get === undefined ? 'POST' : 'GET';
    if (request.method !== allowed) {
      response.setHeader('Allow', allowed);
      return refusal(405, `Only ${allowed} is possible here.`);
    }
    if (isJson(request.headers['content-type'] ?? '')) return null;
    return refusal(415, 'The body has to be JSON, and its Content-Type application/json.');
  }

  #answerTo(bytes: Buffer | 'too large', request: IncomingMessage): Promise<Answer> | Answer {
    if (bytes === 'too large') return refusal(413, `A body has at most ${this.#limits.maxBodyBytes} bytes.`);
    let body: unknown;
    try {
      body = JSON.parse(bytes.toString('utf8'));
    } catch (error) {
      return refusal(400, `The body is not JSON: ${(error as Error).message.slice(0, 200)}`);
    }
    return this.#handlers.post(body, request);
  }

  /** Calls `done` once; not at all when the sender has gone before the end. */
  #readBody(request: IncomingMessage, done: (body: Buffer | 'too large') => void): void {
    const { maxBodyBytes } = this.#limits;
    let chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      const wasTooLarge = bytes > maxBodyBytes;
      bytes += chunk.length;
      if (bytes <= maxBodyBytes) {
        chunks.push(chunk);
        return;
      }
      chunks = [];
      if (!wasTooLarge) done('too large');
      if (bytes > DRAINED_BODIES * maxBodyBytes) request.destroy();
    });
    request.on('end', () => {
      if (bytes <= maxBodyBytes) done(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks));
    });
  }

  #answer(response: ServerResponse, answer: Answer): void {
    // Who has gone gets none; the time limit's answer is counted where it is given.
    if (response.destroyed || response.headersSent) return;
    this.#count(answer.status);
    // As text it goes out in one piece with the headers.
    const content = answer.body instanceof Uint8Array ? answer.body : `${JSON.stringify(answer.body)}\n`;
    response.writeHead(answer.status, {
      'Content-Type': answer.body instanceof Uint8Array ? 'application/octet-stream' : 'application/json',
      'Content-Length': Buffer.byteLength(content),
    });
    response.end(content);
  }

  /** What the HTTP parser refuses never becomes a request. */
  #refuseRaw(error: NodeJS.ErrnoException, socket: Socket): void {
    // Who leaves in the middle of a request gets no answer, and nothing is counted.
    if (error.code === 'ECONNRESET' || error.code === 'HPE_INVALID_EOF_STATE' || !socket.writable) {
      socket.destroy();
      return;
    }
    const [status, words] =
      error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? (['408 Request Timeout', 'The request took too long to come.'] as const)
        : error.code === 'HPE_HEADER_OVERFLOW'
          ? (['431 Request Header Fields Too Large', 'The headers are too large.'] as const)
          : (['400 Bad Request', 'This is not HTTP.'] as const);
    this.#count(Number(status.slice(0, 3)));
    endRaw(socket, status, words);
  }

  #count(status: number): void {
    this.#answers.set(status, (this.#answers.get(status) ?? 0) + 1);
  }
}

function nothing(): void {
  // It is told by what comes, or doesn't.
}

function isJson(type: string): boolean {
  return type === 'application/json' || type.split(';')[0]?.trim().toLowerCase() === 'application/json';
}

export function refusal(status: number, error: string): Answer {
  return { status, body: { error } };
}

function endRaw(socket: Socket, status: string, error: string): void {
  const body = `${JSON.stringify({ error })}\n`;
  socket.on('error', () => undefined);
  socket.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    () => socket.destroy(),
  );
}

function listenFailure(host: string, port: number, error: NodeJS.ErrnoException): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new Error(`Port ${port} of ${host} is taken by another program. Choose another port.`);
    case 'EACCES':
      return new Error(`You may not listen on port ${port} of ${host}: low ports are root's. Choose one above 1023.`);
    case 'EADDRNOTAVAIL':
      return new Error(`${host} is no address of this machine. Choose one of its own with --host.`);
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new Error(`There is no machine named ${host}. Choose an address of this machine with --host.`);
    default:
      return error;
  }
}
