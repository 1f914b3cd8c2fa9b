import type { CutRecording } from '../recording/cut';

/** One process of the operating system: a host has another one after each death. */
export interface ProcessLife {
  processId: string;
  pid: number;
  /** When it died; infinity while it runs. */
  untilNs: number;
}

/** The processes of a recording in the order of their deaths, by what its events and its end tell of them. */
export function livesOf({ processes, events }: Pick<CutRecording, 'processes' | 'events'>): ProcessLife[] {
  const ended = events.flatMap(({ processId, tNs, termination }) =>
    processId === null || typeof termination?.pid !== 'number'
      ? []
      : [{ processId, pid: termination.pid, untilNs: tNs }],
  );
  const running = processes.flatMap(({ id, pid }) =>
    pid === null || ended.some((life) => life.processId === id && life.pid === pid)
      ? []
      : [{ processId: id, pid, untilNs: Number.POSITIVE_INFINITY }],
  );
  return [...ended, ...running];
}

/** The pid of this process at this time; null when there was none, or nothing is known of it. */
export function lifeAt(lives: readonly ProcessLife[], processId: string, tNs: number): number | null {
  return lives.find((life) => life.processId === processId && life.untilNs >= tNs)?.pid ?? null;
}
