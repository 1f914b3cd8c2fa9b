import type { ProcessEnd, ProcessHandle } from './supervised-process';

/** What a process that was launched says, from its start to its end. */
export interface LaunchEvents {
  /** It has a pid now. */
  onSpawned: () => void;
  /** A control message, not looked at. */
  onMessage: (data: unknown) => void;
  /** A message on the parent port, not looked at. */
  onPosted: (data: unknown) => void;
}

export interface LaunchedProcess extends ProcessHandle {
  /** How it ended, once it is gone. Never rejects. */
  readonly ended: Promise<ProcessEnd>;
  /** For the parent-port transport's frames alone. */
  postToParentPort(message: unknown): void;
}

/** Starts one process: a utility process, an executable, or a test's. `serviceName` is this start's alone. */
export type Launch = (serviceName: string, events: LaunchEvents) => LaunchedProcess;
