import { Emitter, type Unsubscribe } from '../../shared/emitter';
import { type Message, MessageError, say } from '../../shared/messages/message';

/** How long a child may take for each thing it is asked, apart from measuring. */
export const STEP_LIMIT_MS = 10_000;

/** What a child says, up to its end: nobody waits for it longer than it lives. */
export class ChildTalk<From extends { kind: string }> {
  readonly #name: string;
  readonly #messages = new Emitter<From>();
  readonly #ends = new Emitter<Error>();
  #end: Error | null = null;

  constructor(name: string) {
    this.#name = name;
  }

  get ended(): boolean {
    return this.#end !== null;
  }

  receive(message: From): void {
    this.#messages.emit(message);
  }

  /** It is gone; `how` completes “The pinger …”. Its first end counts. */
  gone(how: Message): void {
    if (this.#end !== null) return;
    this.#end = new MessageError(say('child.gone', { name: this.#name, how }));
    this.#ends.emit(this.#end);
  }

  onMessage(listener: (message: From) => void): Unsubscribe {
    return this.#messages.on(listener);
  }

  onGone(listener: () => void): Unsubscribe {
    return this.#ends.on(listener);
  }

  /** The next message of this kind. Rejects when the child gives a reason why not, ends, or takes too long. */
  expect<K extends From['kind']>(kind: K, limitMs: number | null = STEP_LIMIT_MS): Promise<Extract<From, { kind: K }>> {
    return new Promise((resolve, reject) => {
      const undo: Array<() => void> = [];
      const settle = (act: () => void) => {
        for (const step of undo) step();
        act();
      };
      if (this.#end !== null) {
        reject(this.#end);
        return;
      }
      undo.push(
        this.onMessage((message) => {
          if (message.kind === kind) settle(() => resolve(message as Extract<From, { kind: K }>));
          else if ('reason' in message) settle(() => reject(new Error(String(message.reason))));
        }),
        this.#ends.on((error) => settle(() => reject(error))),
      );
      if (limitMs === null) return;
      const timer = setTimeout(
        () => settle(() => reject(new MessageError(say('child.late', { name: this.#name, step: kind, limitMs })))),
        limitMs,
      );
      undo.push(() => clearTimeout(timer));
    });
  }
}
