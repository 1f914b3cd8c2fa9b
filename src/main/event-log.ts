import { Emitter } from '../shared/emitter';
import type { EventKind } from '../shared/event-kinds';
import type { LabEvent } from '../shared/events';
import type { Message } from '../shared/messages/message';
import type { TerminationInfo } from '../shared/process-state';
import { nowNs } from './clock';

/** Everything that happened, in order. Part of every recording. */
export class EventLog {
  readonly #events: LabEvent[] = [];
  readonly #added = new Emitter<LabEvent>();

  get all(): readonly LabEvent[] {
    return this.#events;
  }

  onAdded(listener: (event: LabEvent) => void): () => void {
    return this.#added.on(listener);
  }

  add(
    kind: EventKind,
    processId: string | null,
    label: Message,
    detail: Message,
    termination: TerminationInfo | null = null,
  ): LabEvent {
    const event: LabEvent = { id: this.#events.length + 1, kind, tNs: nowNs(), processId, label, detail, termination };
    this.#events.push(event);
    this.#added.emit(event);
    return event;
  }
}
