import type { ExportFormat } from '../../shared/export-formats';
import type { RequestArgs, ExportOutcome, ChartImage } from '../../shared/ipc-contract';
import type { BenchService } from '../bench-runs/index';
import type { ProbeSettings } from '../../shared/probe-settings';
import { readAnatomy } from '../anatomy';
import { nowNs } from '../clock';
import { copyImage, copyTable } from '../clipboard';
import type { Laboratory } from '../laboratory';
import type { LoadRequests } from '../load/requests';
import type { SettingsStore } from '../settings/settings-store';
import type { TabStrip } from '../tabs/tab-strip';
import { readSamples } from '../sample-batch';
import type { WrittenFiles } from '../written-files';
import type { RequestHandlers } from './handle';

export interface RequestServices {
  laboratory: Laboratory;
  tabs: TabStrip;
  bench: BenchService;
  settings: SettingsStore;
  written: WrittenFiles;
  load: LoadRequests;
  openFeed: () => void;
  firstDrawn: () => void;
  exportAs: (format: ExportFormat) => Promise<ExportOutcome>;
  cancelExport: (jobId: number) => void;
  chartRendered: (requestId: number, result: ChartImage | { error: string }) => void;
}

/** What each request of the contract does. */
export function requestHandlers({
  laboratory,
  tabs,
  bench,
  settings,
  written,
  load,
  openFeed,
  firstDrawn,
  exportAs,
  cancelExport,
  chartRendered,
}: RequestServices): RequestHandlers {
  return {
    'view:read': () => settings.present.view ?? {},
    'view:remember': (view) => settings.change({ view }),
    'feed:open': () => {
      // A page that is new, or came back, shows no anatomy.
      laboratory.watchStages(false);
      openFeed();
    },
    'feed:drawn': firstDrawn,
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
    'probe:configure': (probe) => {
      const changed = changedSettings(laboratory.settings, probe);
      laboratory.configure({ ...laboratory.settings, ...changed });
      settings.change({ probe: { ...settings.probe, ...changed } });
      return { ok: true };
    },
    'channel:enable': (channelId, enabled) => {
      const outcome = laboratory.enableChannel(channelId, enabled);
      if (outcome.ok) settings.switchChannel(channelId, enabled);
      return outcome;
    },
    'samples:read': (fromNs, toNs) => {
      laboratory.bringUpToDate();
      return readSamples(laboratory.channels, fromNs, toNs);
    },
    'stages:watch': (watched) => {
      laboratory.watchStages(watched);
      return { ok: true };
    },
    'anatomy:read': (channelId, stretch, ping) => {
      laboratory.bringUpToDate();
      return readAnatomy(laboratory.channels, nowNs(), channelId, stretch, ping);
    },
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
    ...load,
    'file:show': (file) => written.show(file),
    'clipboard:image': copyImage,
    'clipboard:table': copyTable,
  };
}

/** What the command line has set for this run alone is not taken for the person's choice. */
function changedSettings(before: ProbeSettings, wanted: RequestArgs<'probe:configure'>[0]): Partial<ProbeSettings> {
  const keys = Object.keys(wanted) as (keyof ProbeSettings)[];
  return Object.fromEntries(
    keys.filter((key) => wanted[key] !== undefined && wanted[key] !== before[key]).map((key) => [key, wanted[key]]),
  ) as Partial<ProbeSettings>;
}
