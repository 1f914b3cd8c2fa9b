import type { ToChild } from '../../shared/control';
import { ProcessRegistry } from '../processes/process-registry';
import type { Launch, LaunchedProcess, LaunchEvents } from './launched-process';
import type { ProcessEnd } from './supervised-process';

/** For tests: the process alone is made up. Real ones are in the whole-app tests. */
export class MadeUpProcess implements LaunchedProcess {
  readonly told: ToChild['kind'][] = [];
  readonly posted: unknown[] = [];
  readonly signals: string[] = [];
  lastWords: string[] = [];
  reachable = true;
  signalled = true;
  die: (end: ProcessEnd) => void = () => undefined;
  readonly ended = new Promise<ProcessEnd>((resolve) => (this.die = resolve));
  readonly pid: number;
  readonly says: LaunchEvents;
  constructor(pid: number, says: LaunchEvents) {
    this.pid = pid;
    this.says = says;
  }
  post(message: ToChild): boolean {
    if (this.reachable) this.told.push(message.kind);
    return this.reachable;
  }
  postToParentPort(message: unknown): void {
    this.posted.push(message);
  }
  signal(signal: string): boolean {
    this.signals.push(signal);
    return this.signalled;
  }
}

/** Launches into `processes`, with pids that no system has. */
export function madeUpLaunch(processes: MadeUpProcess[]): Launch {
  return (_serviceName, says) => {
    const process = new MadeUpProcess(2 ** 22 + processes.length + 1, says);
    processes.push(process);
    return process;
  };
}

/** Of a system in which every process is there. */
export function madeUpRegistry(): ProcessRegistry {
  return new ProcessRegistry({ startTime: () => '1', signal: () => true, discover: () => [] });
}
