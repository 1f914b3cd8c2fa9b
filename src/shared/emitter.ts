export type Unsubscribe = () => void;

/**
 * A list of listeners for one kind of event. A listener that throws doesn't keep the others from hearing;
 * the error goes to `onListenerError`, which a process sets once at its start.
 */
export class Emitter<T> {
  readonly #listeners = new Set<(value: T) => void>();
  /** The listener when there is exactly one, as for every frame of a channel: no iterator is made then. */
  #only: ((value: T) => void) | null = null;

  on(listener: (value: T) => void): Unsubscribe {
    this.#listeners.add(listener);
    this.#count();
    return () => {
      this.#listeners.delete(listener);
      this.#count();
    };
  }

  emit(value: T): void {
    if (this.#only !== null) call(this.#only, value);
    else for (const listener of this.#listeners) call(listener, value);
  }

  clear(): void {
    this.#listeners.clear();
    this.#only = null;
  }

  #count(): void {
    const [first] = this.#listeners;
    this.#only = this.#listeners.size === 1 && first !== undefined ? first : null;
  }
}

function call<T>(listener: (value: T) => void, value: T): void {
  try {
    listener(value);
  } catch (error) {
    listenerErrors.report(error);
  }
}

/** Where errors of listeners go. */
export const listenerErrors = {
  report(error: unknown): void {
    console.error('A listener threw:', error);
  },
};

/** Collects what has to be undone; `dispose` undoes it in reverse order, once. */
export class DisposableStore {
  #steps: Array<() => void> = [];
  #disposed = false;

  get disposed(): boolean {
    return this.#disposed;
  }

  add(step: () => void): void {
    if (this.#disposed) step();
    else this.#steps.push(step);
  }

  dispose(): void {
    this.#disposed = true;
    const steps = this.#steps.toReversed();
    this.#steps = [];
    for (const step of steps) {
      try {
        step();
      } catch (error) {
        listenerErrors.report(error);
      }
    }
  }

  [Symbol.dispose](): void {
    this.dispose();
  }
}
