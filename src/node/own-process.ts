import { listenerErrors } from '../shared/emitter';

/**
 * What every process of Bulkhead's that runs Node.js does first: SIGUSR1 would open Node's inspector on a port of the
 * loopback interface, through which every user of the machine could run code here.
 */
export function keepInspectorShut(): void {
  process.on('SIGUSR1', () => undefined);
}

/**
 * Calls `report` for every error that nobody caught. Rejections are named apart: from Electron 37 on one no longer ends a
 * utility process, which would go on in an unknown state. So are listeners that throw, because emitters go on.
 */
export function onUncaught(report: (error: unknown) => void): void {
  process.on('uncaughtException', report);
  process.on('unhandledRejection', report);
  listenerErrors.report = report;
}
