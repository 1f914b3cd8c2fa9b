import type { Unsubscribe } from '../../shared/emitter';

/** What the browser process answers an invoke with: the next message for the renderer, or null: nothing will come. */
export type InvokeAnswer = Uint8Array | null;
type Receiver = (said: unknown) => InvokeAnswer | Promise<InvokeAnswer>;

/**
 * The frames' share of the invokes of one renderer: the browser process's half, as it alone answers invokes. Whoever
 * handles Electron's `invoke` checks where it came from, then calls `take`.
 */
export class Invokes {
  readonly #receivers = new Map<string, Receiver>();

  receive(at: string, receiver: Receiver): Unsubscribe {
    this.#receivers.set(at, receiver);
    return () => {
      if (this.#receivers.get(at) === receiver) this.#receivers.delete(at);
    };
  }

  /** The answer to one invoke. At an address that is closed, or makes no sense, nothing will come. */
  take(to: unknown, said: unknown): InvokeAnswer | Promise<InvokeAnswer> {
    return this.#receivers.get(to as string)?.(said) ?? null;
  }
}
