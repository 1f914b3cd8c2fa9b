import { words } from './messages/message';
import { isAlive, type ProcessState } from './process-state';
import type { ChannelStatus, ProcessView } from './snapshot';

/** The one word for each state of a process, wherever it is shown. */
export const PROCESS_STATE_WORDS: Record<ProcessState['kind'], string> = {
  launching: 'starting',
  running: 'running',
  unresponsive: 'not answering',
  exited: 'dead',
  'backing-off': 'restarting',
  'given-up': 'given up',
};

export type ChannelState = ChannelStatus['kind'] | 'held' | Exclude<ProcessState['kind'], 'running'>;

/**
 * What a channel is doing, seen with its process: one of a process that is dead or hung is neither measured nor
 * waited for, and has its process's word. A person's own choice and what can't be had here stand before that.
 */
export function channelState(status: ChannelStatus, process: ProcessState): ChannelState {
  if (status.kind === 'unavailable') return 'unavailable';
  if (status.kind === 'paused') return status.reason === null ? 'paused' : 'held';
  return process.kind === 'running' ? status.kind : process.kind;
}

/** What a dead process's page may say of all others: never that they live when they don't. */
export function othersSentence(processes: readonly ProcessView[], id: string): string {
  const others = processes.filter((process) => process.id !== id);
  const dead = others.filter(({ state }) => !isAlive(state)).map(({ name }) => name);
  const hung = others.filter(({ state }) => state.kind === 'unresponsive').map(({ name }) => name);
  return dead.length === 0 && hung.length === 0
    ? words('others.all-running')
    : words('others.some-not', { dead, hung });
}
