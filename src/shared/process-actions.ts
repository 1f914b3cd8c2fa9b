import type { ProcessState } from './process-state';
import type { ProcessKind, ProcessView } from './snapshot';

interface Wording {
  label: string;
  /** What it does, one line. */
  about: string;
  tone: 'plain' | 'primary' | 'danger';
}

interface ActionRow extends Wording {
  /** One of the window's icons; the compiler looks it up there. */
  icon: string;
  /** Kinds of process that it can be done to. */
  kinds: readonly ProcessKind[];
  /** In which states it is offered; where a state makes something else of it, in other words. */
  offered: Partial<Record<ProcessState['kind'], Partial<Wording>>>;
  /** What the other processes lose from then on is told as an incident of it. */
  disturbs: boolean;
}

/**
 * What a person can do to a process, in the order in which it is offered. The request's schema, the buttons of the process
 * map and the laboratory's refusals come from these rows; `Laboratory` and the hosts do it.
 */
export const PROCESS_ACTIONS = {
  crash: {
    label: 'Crash',
    about: 'Make it crash (a fault inside the process)',
    tone: 'danger',
    icon: 'bolt',
    kinds: ['renderer', 'plugin', 'server', 'shell'],
    offered: { running: {} },
    disturbs: true,
  },
  kill: {
    label: 'Kill',
    about: 'SIGKILL by its pid, from outside',
    tone: 'danger',
    icon: 'stop',
    kinds: ['renderer', 'plugin', 'server', 'shell'],
    offered: { launching: {}, running: {} },
    disturbs: true,
  },
  hang: {
    label: 'Hang',
    about: 'Keep its main thread busy in a loop for 20 s',
    tone: 'danger',
    icon: 'hourglass',
    kinds: ['renderer', 'plugin'],
    offered: { running: {} },
    disturbs: true,
  },
  reload: {
    label: 'Reload',
    about: 'Load its tabs again',
    tone: 'plain',
    icon: 'reload',
    kinds: ['renderer'],
    offered: {
      running: {},
      exited: { tone: 'primary', about: 'Load its tabs in a new process' },
      'given-up': { tone: 'primary', about: 'Load its tabs in a new process' },
    },
    disturbs: true,
  },
  restart: {
    label: 'Restart',
    about: 'End this process and start it again',
    tone: 'plain',
    icon: 'reload',
    kinds: ['plugin', 'server'],
    offered: {
      running: {},
      exited: { tone: 'primary', about: 'Start it again' },
      'given-up': { tone: 'primary', about: 'Start it again' },
      'backing-off': { label: 'Restart now', tone: 'primary', about: 'Start it without waiting' },
    },
    disturbs: true,
  },
  wait: {
    label: 'Wait',
    about: 'Give it more time',
    tone: 'plain',
    icon: 'hourglass',
    kinds: ['renderer', 'plugin', 'server', 'shell'],
    offered: { unresponsive: {} },
    disturbs: false,
  },
  end: {
    label: 'End process',
    about: 'End the process that does not answer',
    tone: 'danger',
    icon: 'dead',
    kinds: ['renderer', 'plugin', 'server', 'shell'],
    offered: { unresponsive: {} },
    disturbs: true,
  },
} as const satisfies Record<string, ActionRow>;

export type ProcessAction = keyof typeof PROCESS_ACTIONS;
export const PROCESS_ACTION_IDS = Object.keys(PROCESS_ACTIONS) as ProcessAction[];
export type ProcessActionIcon = (typeof PROCESS_ACTIONS)[ProcessAction]['icon'];

/** Whether it can be done to processes of this kind at all. */
export function isFor(action: ProcessAction, kind: ProcessKind): boolean {
  const { kinds }: ActionRow = PROCESS_ACTIONS[action];
  return kinds.includes(kind);
}

export interface OfferedAction extends Wording {
  action: ProcessAction;
  icon: ProcessActionIcon;
}

/** What is offered for a process of this kind in this state. */
export function offeredActions({
  kind,
  state,
  waitsFor,
}: Pick<ProcessView, 'kind' | 'state'> & Partial<Pick<ProcessView, 'waitsFor'>>): OfferedAction[] {
  // It isn't there yet.
  if ((waitsFor ?? null) !== null) return [];
  return PROCESS_ACTION_IDS.flatMap((action): OfferedAction[] => {
    const { label, about, tone, offered }: ActionRow = PROCESS_ACTIONS[action];
    const wording = offered[state.kind];
    if (wording === undefined || !isFor(action, kind)) return [];
    return [{ action, icon: PROCESS_ACTIONS[action].icon, label, about, tone, ...wording }];
  });
}
