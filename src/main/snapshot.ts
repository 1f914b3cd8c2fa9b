import { BROWSER_PROCESS_ID } from '../shared/snapshot';
import type { DepartedChannel, Environment, Notice, ProcessFigures, ProcessView, Snapshot } from '../shared/snapshot';
import { nowNs, recordingBeganAt } from './clock';
import type { FloorMeter } from './floors';
import type { Laboratory } from './laboratory';
import type { ProcessMeter } from './processes/process-meter';
import type { TabStrip } from './tabs/tab-strip';
import { words } from '../shared/messages/message';

/** Events older than the latest so many stay in the recording, and out of the shell. */
const MAX_EVENTS = 300;
const MAX_INCIDENTS = 50;
/** Of the shell. */
const LONGEST_CHART_NS = 600e9;

export interface SnapshotSources {
  laboratory: Laboratory;
  tabs: TabStrip;
  meter: ProcessMeter;
  floors: FloorMeter;
  environment: Environment;
  notices: Notice[];
}

/** The shell's whole view, made anew. */
export function takeSnapshot({ laboratory, tabs, meter, floors, environment, notices }: SnapshotSources): Snapshot {
  laboratory.incidents.update(laboratory.settings.timeoutMs);
  const present = laboratory.hosts.filter(
    (host) => host.kind === 'plugin' || host.kind === 'server' || host.tabIds.length > 0,
  );
  const processes = [browserView(), ...present.map((host) => host.view())];
  return {
    environment,
    settings: laboratory.settings,
    nowNs: nowNs(),
    processes: processes.map((view) => ({ ...view, ...meter.figures(view.pid) })),
    alsoRunning: meter.others(new Set(processes.map(({ pid }) => pid))),
    channels: present.flatMap((host) => host.channels.map((channel) => channel.view())),
    departed: departedChannels(laboratory),
    floors: floors.present(),
    tabs: tabs.views(),
    activeTabId: tabs.activeTabId,
    events: laboratory.events.all.slice(-MAX_EVENTS),
    incidents: laboratory.incidents.all.slice(-MAX_INCIDENTS),
    notices,
  };
}

function departedChannels({ rendererHosts }: Laboratory): DepartedChannel[] {
  const oldestNs = nowNs() - LONGEST_CHART_NS;
  return rendererHosts
    .filter(({ tabIds }) => tabIds.length === 0)
    .flatMap((host) =>
      host.channels.flatMap((channel) => {
        const { log } = channel.probe;
        const lastNs = log.get(log.next - 1)?.intendedNs ?? -Infinity;
        return lastNs < oldestNs ? [] : [{ channel: channel.view(), processName: host.name, lastNs }];
      }),
    );
}

function browserView(): Omit<ProcessView, keyof ProcessFigures> {
  return {
    id: BROWSER_PROCESS_ID,
    kind: 'browser',
    name: 'Browser',
    title: words('process.browser-title'),
    pid: process.pid,
    state: { kind: 'running', sinceMs: recordingBeganAt.getTime() },
    lastTermination: null,
    crashes: 0,
    tabIds: [],
    group: null,
    role: null,
    waitsFor: null,
  };
}
