import type { FeedMessage } from '../../../shared/feed';
import { FEED_CHANNEL } from '../../../shared/ipc-channels';
import { messageOf, request } from '../bridge';
import { renderChart } from '../pages/live/chart/export-image';
import { firstPointDrawn } from '../pages/live/chart/latency-source';
import { runCommand } from './commands';
import { liveSeries } from '../pages/live/series/live-series';
import { useShell } from '../store/shell-store';

const FIRST_POINT_LIMIT_MS = 800;

/** Listens for the feed's port, then asks for it. Called once, before the first render. */
export function connectFeed(): void {
  window.addEventListener('message', (event) => {
    if (event.source !== window || event.data !== FEED_CHANNEL) return;
    const port = event.ports[0];
    if (!port) return;
    port.addEventListener('message', ({ data }: MessageEvent<FeedMessage>) => receive(data));
    // Only setting `onmessage` would start it by itself.
    port.start();
  });
  request('feed:open')
    .then(tellDrawn)
    .catch((error: unknown) => {
      useShell
        .getState()
        .say('bad', `No data: the browser process didn't open the feed (${messageOf(error)}). Restart Bulkhead.`);
    });
}

function receive(message: FeedMessage): void {
  switch (message.kind) {
    case 'snapshot':
      useShell.getState().receiveSnapshot(message.snapshot);
      return;
    case 'samples':
      liveSeries.accept(message.nowNs, message.batches);
      return;
    case 'export-progress':
      useShell.getState().receiveExportProgress(message.progress);
      return;
    case 'bench':
      useShell.getState().receiveBench(message.bench);
      return;
    case 'bench-partial':
      useShell.getState().receivePartial(message.partial);
      return;
    case 'load':
      useShell.getState().receiveLoad(message.load);
      return;
    case 'render-chart':
      void renderChart(message);
      return;
    case 'show-page':
      useShell.getState().showPage(message.page);
      return;
    case 'command':
      runCommand(message.command);
      return;
  }
}

/**
 * What the first point of the chart doesn't need waits for it, but not long: there may be no line to draw, or another
 * page is shown. The browser process doesn't wait for ever either.
 */
async function tellDrawn(): Promise<void> {
  await new Promise(requestAnimationFrame);
  await Promise.race([firstPointDrawn, new Promise((done) => setTimeout(done, FIRST_POINT_LIMIT_MS))]);
  await request('feed:drawn').catch(() => undefined);
}
