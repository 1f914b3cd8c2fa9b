import type { OwnedKind } from '../../shared/snapshot';

/** One process that Bulkhead owns. */
export interface OwnedProcess {
  readonly pid: number;
  /** With the pid its identity, as pids are reused. Null where the system doesn't tell it. */
  readonly startTime: string | null;
  readonly kind: OwnedKind;
  /** The host that supervises it; null for Chromium's own and for what others have started. */
  readonly processId: string | null;
  /** What it does among the processes of its group; null for one that is alone. */
  readonly role: string | null;
  readonly name: string;
  /** A child of this very process: until it is taken out, its pid names nobody else. */
  readonly isChild: boolean;
}
export type NewProcess = Pick<OwnedProcess, 'pid' | 'kind' | 'name'> & Partial<Omit<OwnedProcess, 'startTime'>>;

/** What the registry needs of the system: the real one, or a test's. */
export interface RegistrySystem {
  /** Null for one that is gone, also as a zombie, and where the system doesn't tell. */
  startTime(pid: number): string | null;
  /** Throws when there is nobody to signal. A negative pid names a process group. */
  signal(pid: number, signal: NodeJS.Signals | 0): boolean;
  /** Those that nobody has entered: Chromium's own, and what the entered ones have started. */
  discover(entered: ReadonlyMap<number, OwnedProcess>): OwnedProcess[];
}

/**
 * All processes that Bulkhead owns: what is signalled, metered and listed is taken from here alone. Whoever starts a
 * process enters it, and takes it out at its end.
 */
export class ProcessRegistry {
  readonly #system: RegistrySystem;
  readonly #entered = new Map<number, OwnedProcess>();

  constructor(system: RegistrySystem) {
    this.#system = system;
  }

  enter({ processId = null, role = null, isChild = false, ...rest }: NewProcess): OwnedProcess {
    const entry = { ...rest, processId, role, isChild, startTime: this.#system.startTime(rest.pid) };
    this.#entered.set(entry.pid, entry);
    return entry;
  }

  /** It has ended, or is its host's no longer. The pid may be another's by now, who stays. */
  leave(entry: OwnedProcess): void {
    if (this.#entered.get(entry.pid) === entry) this.#entered.delete(entry.pid);
  }

  /** Those entered, and those that are found at this moment. */
  all(): OwnedProcess[] {
    return [...this.#entered.values(), ...this.#system.discover(this.#entered)];
  }

  /**
   * Signals the process that was entered under this pid: a signal must never reach an unrelated one. False when it is
   * gone, was never entered, or can't be signalled.
   */
  signal(pid: number | null, signal: NodeJS.Signals): boolean {
    const entry = pid === null ? undefined : this.#entered.get(pid);
    return entry !== undefined && this.#isStillItself(entry) && this.#send(entry.pid, signal);
  }

  /**
   * Signals the process group that this process leads, also when it has ended itself: the kernel hands out no pid that
   * still names a group. Signal 0 asks whether anybody is left in it.
   */
  signalGroup(leader: OwnedProcess, signal: NodeJS.Signals | 0): boolean {
    const now = this.#system.startTime(leader.pid);
    if (now !== null && now !== leader.startTime) return false;
    // Elsewhere there are no process groups, and the leader's pid is its child's alone until that is taken out.
    if (process.platform !== 'win32') return this.#send(-leader.pid, signal);
    return this.#entered.get(leader.pid) === leader && this.#send(leader.pid, signal);
  }

  /** Whether the system no longer has it, whoever else says otherwise. Never true where that can't be read. */
  isGone({ pid, startTime }: OwnedProcess): boolean {
    return startTime !== null && this.#system.startTime(pid) !== startTime;
  }

  #isStillItself(entry: OwnedProcess): boolean {
    if (entry.startTime === null) return entry.isChild;
    return this.#system.startTime(entry.pid) === entry.startTime;
  }

  #send(pid: number, signal: NodeJS.Signals | 0): boolean {
    try {
      return this.#system.signal(pid, signal);
    } catch {
      return false;
    }
  }
}
