import type { SendOutcome } from '../../shared/measure/probe';
import { HELD_INVOKES } from '../../shared/held-invokes';
import { hasQueueRoom } from '../queue-limit';
import type { InvokeAnswer } from './invokes';

/** A renderer that behaves holds half as many: more are answered at once, so that none can pile them up here. */
const MAX_HELD = 2 * HELD_INVOKES;

/**
 * The invokes that a renderer has begun and that are not answered yet. A message for the renderer answers the oldest;
 * while there is none, messages wait for the next invoke.
 */
export class HeldInvokes {
  readonly #held: Array<(answer: InvokeAnswer) => void> = [];
  readonly #queue: Uint8Array[] = [];
  #queuedBytes = 0;
  #open = true;

  /** Answers an invoke that was held, or will: `frame` is the receiver's from now on. */
  send(frame: Uint8Array): SendOutcome {
    if (!this.#open) return 'closed';
    const answer = this.#held.shift();
    if (answer !== undefined) {
      answer(frame);
      return 'sent';
    }
    if (this.#queue.length > 0 && !hasQueueRoom(this.#queuedBytes, frame)) return 'refused';
    this.#queue.push(frame);
    this.#queuedBytes += frame.byteLength;
    return 'sent';
  }

  /** An invoke has come: what answers it, at once or one day. */
  hold(): InvokeAnswer | Promise<InvokeAnswer> {
    const waiting = this.#queue.shift();
    if (waiting !== undefined) {
      this.#queuedBytes -= waiting.byteLength;
      return waiting;
    }
    if (!this.#open || this.#held.length >= MAX_HELD) return null;
    return new Promise((answer) => this.#held.push(answer));
  }

  /** Answers all that are held: nothing will come. A second call does nothing. */
  close(): void {
    this.#open = false;
    this.#queue.length = 0;
    for (const answer of this.#held.splice(0)) answer(null);
  }
}
