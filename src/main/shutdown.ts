import { MessageError, words } from '../shared/messages/message';

/** After so long in the steps the process leaves anyway: Chromium ends the children with it. */
const LIMIT_MS = 6000;
/** After a bug nobody can say whether the last work will ever end. */
const LIMIT_AFTER_BUG_MS = 20_000;
/** A bug in a timer would fill the terminal with itself. */
const BUGS_TOLD = 5;

/** The exit code of a start that failed, and of an end that was not in order. */
const FAILED = 1;
/** EX_SOFTWARE of sysexits.h: an error of Bulkhead's own. */
const BUG = 70;

/** Something on this machine keeps Bulkhead from starting. The message says what it is, and what the person can do. */
export class StartError extends MessageError {}

type Step = () => void | Promise<void>;

/**
 * One way out for every reason to go: the window closed, a signal, the end of a timed run, the launcher's death, a bug.
 * It is there before anything that can fail; each part adds the step that closes it when it has opened. The last work
 * (exports) comes first and may take its time; then the steps run, the latest added first, within a limit, each getting
 * its chance even when another failed.
 */
export class Shutdown {
  readonly #exit: (exitCode: number) => void;
  readonly #steps: Step[] = [];
  #lastWork: () => Promise<void> = () => Promise.resolve();
  #requests = 0;
  #begun = false;
  #closing = false;
  #bugs = 0;
  #exitCode = 0;

  /** `exit` ends the process at once. */
  constructor(exit: (exitCode: number) => void) {
    this.#exit = exit;
  }

  /** What is to be done before anything is closed. */
  set lastWork(work: () => Promise<void>) {
    this.#lastWork = work;
  }

  /** `step` is run on the way out, before all that were added earlier. */
  onClosing(step: Step): void {
    this.#steps.push(step);
  }

  /** Ends the application in good order. A second request cuts the last work short, and the exit code says so. */
  request(exitCode = 0): void {
    this.#requests += 1;
    this.#exitsWith(exitCode);
    if (this.#requests > 1) this.#close(FAILED);
    else this.#begin();
  }

  /** Errors of Bulkhead's own are told, and end it in good order rather than have it go on in an unknown state. */
  bug(error: unknown): void {
    this.#bugs += 1;
    this.#exitsWith(BUG);
    if (this.#bugs <= BUGS_TOLD) console.error(words('end.bug'), error);
    if (this.#bugs > 1) return;
    setTimeout(() => this.#close(BUG), LIMIT_AFTER_BUG_MS).unref();
    this.#begin();
  }

  /** What the start met: a reason that a person can do something about, or a bug. */
  startFailed(error: unknown): void {
    if (!(error instanceof StartError)) return this.bug(error);
    console.error(words('start.failed', { cause: error.told }));
    this.#close(FAILED);
  }

  #begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    // In a promise's turn: the last work may throw before it gives one.
    Promise.resolve()
      .then(this.#lastWork)
      .catch((error: unknown) => {
        this.#exitsWith(FAILED);
        console.error(error instanceof Error ? error.message : error);
      })
      .finally(() => this.#close(0));
  }

  #close(exitCode: number): void {
    if (this.#closing) return;
    this.#closing = true;
    this.#exitsWith(exitCode);
    setTimeout(() => {
      this.#exitsWith(FAILED);
      this.#exit(this.#exitCode);
    }, LIMIT_MS);
    void this.#runSteps().finally(() => this.#exit(this.#exitCode));
  }

  async #runSteps(): Promise<void> {
    for (const step of this.#steps.toReversed()) {
      try {
        await step();
      } catch (error) {
        this.#exitsWith(FAILED);
        console.error(words('end.not-in-order'), error);
      }
    }
  }

  /** The gravest counts. */
  #exitsWith(exitCode: number): void {
    this.#exitCode = Math.max(this.#exitCode, exitCode);
  }
}
