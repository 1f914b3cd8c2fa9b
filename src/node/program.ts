import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { LineDecoder } from './line-decoder';
import { MAX_LINES, StderrTail } from './stderr-tail';

/** An executable, as it is to be started. */
export interface ProgramSpec {
  /** A path, or a name that is looked for in the `PATH` of `env`. */
  command: string;
  args: readonly string[];
  cwd: string;
  /** The whole environment. */
  env: NodeJS.ProcessEnv;
  /** It is ready once this stands in a line of its standard output or error; null: once it runs. */
  readyText: string | null;
  /** It says what is wrong on its standard output, as a log: those lines are among its last words too. */
  logsToOutput?: boolean;
}

export interface ProgramEvents {
  /** Once, never within the constructor. */
  onReady: () => void;
  /** What it writes to its standard output and error, as it comes. */
  onOutput: (chunk: Buffer) => void;
}

export type ProgramEnd =
  | { kind: 'not-started'; message: string }
  | { kind: 'exited'; code: number | null; signal: NodeJS.Signals | null };

const LIFELINE_FD = 3;
/** After its end its output is read for so long, if it isn't at its end before. */
const OUTPUT_GRACE_MS = 200;
/** More of a line than any text that says “ready” needs. */
const MAX_LINE_CHARS = 4000;

/** It can close any descriptor; others only those up to 9. */
const BASH = '/bin/bash';

/**
 * Becomes the program, with the same pid, once two things are seen to. Chromium leaves its descriptors open to whatever
 * is started beside it, profile, sockets and all: they are closed. And the program ends with this process, also when nobody
 * can tell it any more: by the kernel's own signal where `setpriv` can ask for it (unless this process, whose pid comes
 * first, is gone by then), else by a shell that waits at the lifeline. A word on that says that the program has ended,
 * so that its pid is nobody's business any more.
 */
const WRAPPER = `
owner=$1
shift
if [ -n "$BASH_VERSION" ]; then
  for fd in /dev/fd/*; do
    fd=\${fd##*/}
    if [ "$fd" -gt 3 ]; then eval "exec $fd>&-"; fi
  done
fi
if setpriv --pdeathsig KILL -- true 2>/dev/null; then
  exec setpriv --pdeathsig KILL -- /bin/sh -c 'test "$PPID" = "$0" && exec "$@"' "$owner" "$@" 3<&-
fi
(trap '' INT TERM HUP; read -r _ <&3 || kill -KILL $$) >/dev/null 2>&1 </dev/null &
exec "$@" 3<&-
`;

/** An executable as a child of this process. It ends with it, however this process ends. */
export class Program {
  /** Never rejects. */
  readonly ended: Promise<ProgramEnd>;
  readonly #child: ChildProcess;
  readonly #tail = new StderrTail();
  /** Of its standard output, where that is its log. */
  readonly #log: StderrTail | null;
  #notStarted: string | null = null;

  constructor(spec: ProgramSpec, events: ProgramEvents) {
    this.#log = spec.logsToOutput === true ? new StderrTail() : null;
    const [command, args] =
      process.platform === 'win32'
        ? [spec.command, spec.args]
        : [existsSync(BASH) ? BASH : '/bin/sh', ['-c', WRAPPER, 'sh', String(process.pid), spec.command, ...spec.args]];
    this.#child = spawn(command, args, {
      cwd: spec.cwd,
      env: spec.env,
      stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
    this.ended = this.#exited();
    // Whoever has ended reads and writes no more; the end itself says so.
    for (const stream of this.#child.stdio ?? []) stream?.on('error', () => undefined);
    // Nothing comes on the lifeline; its end has to be read for the child to be closed.
    (this.#child.stdio?.[LIFELINE_FD] as Readable | undefined)?.resume();
    this.#watchOutput(spec.readyText, events);
  }

  get pid(): number | null {
    return this.#child.pid ?? null;
  }

  /** Its standard input; null when it could not be started. */
  get input(): Writable | null {
    return this.#child.stdin;
  }

  /** The last lines of its standard error, after those of its log, or why it could not be started. */
  get lastWords(): string[] {
    if (this.#notStarted !== null) return [this.#notStarted];
    return [...(this.#log?.lines ?? []), ...this.#tail.lines].slice(-MAX_LINES);
  }

  #exited(): Promise<ProgramEnd> {
    return new Promise((resolve) => {
      this.#child.once('error', (error) => {
        if (this.#child.pid !== undefined) return;
        this.#notStarted = error.message;
        resolve({ kind: 'not-started', message: error.message });
      });
      this.#child.once('exit', (code, signal) => {
        (this.#child.stdio[LIFELINE_FD] as Writable | null)?.end('ended\n');
        const tell = () => {
          clearTimeout(limit);
          for (const stream of this.#child.stdio.slice(0, LIFELINE_FD)) stream?.destroy();
          resolve({ kind: 'exited', code, signal });
        };
        // What it wrote last may still be under way; what it has started may hold its pipes open for ever.
        const limit = setTimeout(tell, OUTPUT_GRACE_MS);
        this.#child.once('close', tell);
      });
    });
  }

  #watchOutput(readyText: string | null, events: ProgramEvents): void {
    let ready = false;
    const isReady = () => {
      if (!ready) events.onReady();
      ready = true;
    };
    if (readyText === null) this.#child.once('spawn', isReady);
    for (const stream of [this.#child.stdout, this.#child.stderr] as Array<Readable | null>) {
      const lines = new LineDecoder(MAX_LINE_CHARS);
      stream?.on('data', (chunk: Buffer) => {
        events.onOutput(chunk);
        (stream === this.#child.stderr ? this.#tail : this.#log)?.take(chunk);
        if (readyText === null || ready) return;
        if ([...lines.take(chunk), lines.rest].some((line) => line.includes(readyText))) isReady();
      });
    }
  }
}
