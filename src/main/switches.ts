import { app } from 'electron';

/** Chromium switches, set before it starts. Each says what it is for. */
export function setUpSwitches(): void {
  const { commandLine } = app;
  // Two tabs of one site share one process, also when neither opened the other; two sites never do (site isolation).
  commandLine.appendSwitch('process-per-site');
  // No process in waiting: every renderer that `ps` shows is one that the process map shows.
  commandLine.appendSwitch('disable-features', 'SpareRendererForSitePerProcess');
  // A page that was left keeps no process alive.
  commandLine.appendSwitch('disable-back-forward-cache');
  // What is measured is not slowed down for being in the background or covered.
  commandLine.appendSwitch('disable-renderer-backgrounding');
  commandLine.appendSwitch('disable-background-timer-throttling');
  commandLine.appendSwitch('disable-backgrounding-occluded-windows');
}
