import { formatList } from '../../format';

/** What can't be done to a process, and why. */
export const PROCESSES = {
  'process.cannot-hang': ({ name }: { name: string }) => `${name} is not running, so it can't be hung. Start it first.`,
  'process.cannot-crash': ({ name }: { name: string }) =>
    `${name} is not running, so it can't be crashed. Start it first.`,
  'process.unreachable': ({ name }: { name: string }) =>
    `${name} can't be reached: its process is ending this moment. Try again.`,
  'process.nothing-to-end': ({ name }: { name: string }) =>
    `${name} has no process to end. Reload or restart it first.`,
  'process.not-signalled': ({ name }: { name: string }) =>
    `${name} could not be signalled: its process is gone, or was replaced this moment. Try again.`,
  'process.takes-no-orders': ({ name }: { name: string }) =>
    `${name} is a program of its own, which takes no such order. Kill it instead.`,
  'process.given-up-at-start': ({ name }: { name: string }) =>
    `${name} could not be started, and was given up. Its verdict says how it died.`,
  'process.group-stopped': ({ name }: { name: string }) => `${name} was stopped.`,
  'process.unknown': ({ id }: { id: string }) => `There is no process ${id}. Only renderers and plugins can be ended.`,
  'process.action-not-for': ({
    action,
    name,
    kind,
    offered,
  }: {
    action: string;
    name: string;
    kind: string;
    offered: readonly string[];
  }) => `${action} is not for ${name}, a ${kind}. There is: ${formatList(offered)}.`,
  'process.no-page': ({ name }: { name: string }) => `${name} has no live page to crash. Reload it first.`,
  'process.moved': ({ name }: { name: string }) => `${name} has just moved to another process. Try again.`,
  'process.no-window': () => 'The window has no process at this moment. Try again.',
  'process.no-tab': () => 'No tab shows this process any more. Open its site in a new tab.',
};
