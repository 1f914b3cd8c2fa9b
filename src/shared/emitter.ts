export type Unsubscribe = () => void;

/**
 * A list of listeners for one kind of event. A listener that throws doesn't keep the others from hearing;
 * the error goes to `onListenerError`, which a process sets once at its start.
 */
export class Emitter<T> {
  readonly #listeners = new Set<(value: T) => void>();

  on(listener: (value: T) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(value: T): void {
    for (const listener of this.#listeners) {
      try {
        listener(value);
      } catch (error) {
        listenerErrors.report(error);
      }
    }
  }

  clear(): void {
    this.#listeners.clear();
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
