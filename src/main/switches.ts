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
  surviveGpuDeaths();
}

/**
 * After three deaths of the GPU process Chromium draws by simpler means, and when there are none left it ends the browser
 * process. From software on there is nothing to fall back to, so from then on deaths are no longer counted. Not from the
 * start: a driver that crashes again and again has to make room for software first. Chromium looks at the switch anew at
 * each death.
 */
function surviveGpuDeaths(): void {
  app.on('child-process-gone', (_event, { type }) => {
    if (type === 'GPU' && !app.getGPUFeatureStatus().gpu_compositing.startsWith('enabled'))
      app.commandLine.appendSwitch('disable-gpu-process-crash-limit');
  });
}
