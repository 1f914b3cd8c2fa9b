import type { ExportOutcome, ExportFormat, ChartImage } from '../../shared/ipc-contract';
import type { BenchRoom } from '../bench-runs/index';
import type { Laboratory } from '../laboratory';
import type { TabStrip } from '../tabs/tab-strip';
import { readSamples } from '../sample-batch';
import type { RequestHandlers } from './handle';

export interface RequestServices {
  laboratory: Laboratory;
  tabs: TabStrip;
  bench: BenchRoom;
  openFeed: () => void;
  exportAs: (format: ExportFormat) => Promise<ExportOutcome>;
  cancelExport: (jobId: number) => void;
  chartRendered: (requestId: number, result: ChartImage | { error: string }) => void;
}

/** What each request of the contract does. */
export function requestHandlers({
  laboratory,
  tabs,
  bench,
  openFeed,
  exportAs,
  cancelExport,
  chartRendered,
}: RequestServices): RequestHandlers {
  return {
    'feed:open': openFeed,
    'tab:open': (address) => tabs.open(address),
    'tab:navigate': (id, address) => tabs.navigate(id, address),
    'tab:activate': (id) => tabs.activate(id),
    'tab:close': (id) => tabs.close(id),
    'tab:reload': (id) => tabs.reload(id),
    'tab:back': (id) => tabs.goBack(id),
    'tab:forward': (id) => tabs.goForward(id),
    'tab:place': (bounds) => tabs.place(bounds),
    'process:act': (processId, action) =>
      action === 'reload' ? tabs.reloadProcess(processId) : laboratory.act(processId, action),
    'probe:configure': (settings) => {
      laboratory.configure(settings);
      return { ok: true };
    },
    'channel:enable': (channelId, enabled) => laboratory.enableChannel(channelId, enabled),
    'samples:read': (fromNs, toNs) => readSamples(laboratory.channels, fromNs, toNs),
    'recording:export': exportAs,
    'export:cancel': cancelExport,
    'chart:rendered': chartRendered,
    'bench:start': (form) => bench.runs.start(form),
    'bench:stop': () => bench.runs.stop(),
    'bench:result': (id) => bench.store.get(id),
    'bench:open': () => bench.files.open(),
    'bench:forget': (id) => bench.files.remove(id),
    'bench:describe': (id, name, note) => bench.store.describe(id, name, note),
    'bench:save': (id, format) => bench.files.save(id, format),
    'bench:save-image': (id, format, image) => bench.files.saveImage(id, format, image),
  };
}
