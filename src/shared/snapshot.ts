import type { TransportId } from './transport-catalog';
import type { Incident } from './incident';
import type { LabEvent } from './events';
import type { ProbeSettings } from './probe-settings';
import type { ProcessState, TerminationInfo } from './process-state';

/** The shell's whole view of the laboratory. Small; sent again whenever it changes, at most ten times a second. */
export interface Snapshot {
  environment: Environment;
  settings: ProbeSettings;
  /** Nanoseconds on the recording's clock when this was made. */
  nowNs: number;
  processes: ProcessView[];
  channels: ChannelView[];
  /** Of sites that no tab shows any more, while the longest chart still has something of them. */
  departed: DepartedChannel[];
  /** One for each transport that was measured so far with the present payload, and of which the kernel can do without us. */
  floors: FloorView[];
  tabs: TabView[];
  activeTabId: number | null;
  events: LabEvent[];
  incidents: Incident[];
  /** Notices that a person should see: no sandbox as root, fallback runtime, a plugin with a bad manifest. */
  notices: Notice[];
}

/** What the numbers were measured on. Part of every recording. */
export interface Environment {
  bulkhead: string;
  electron: string;
  chrome: string;
  node: string;
  v8: string;
  /** Where the Electron runtime came from. */
  runtimeOrigin: 'override' | 'installed' | 'downloaded' | 'registry-fallback' | 'unknown';
  runtimeDetail: string;
  /** False on the registry fallback: an out-of-support Chromium, so no remote page is opened. */
  runtimeSupported: boolean;
  /** `linux 6.1.0 x64`. */
  os: string;
  cpu: string;
  cores: number;
  memoryBytes: number;
  sandboxed: boolean;
  headless: boolean;
}

export interface Notice {
  id: string;
  level: 'info' | 'warning';
  text: string;
}

export type ProcessKind = 'browser' | 'shell' | 'renderer' | 'plugin';

export interface ProcessView {
  /** Stable across restarts: `browser`, `site:bulkhead://alpha.test`, `plugin:echo`. */
  id: string;
  kind: ProcessKind;
  /** Short name: `Browser`, `alpha.test`, `echo`. */
  name: string;
  /** One line: the site, or the plugin's description. */
  title: string;
  pid: number | null;
  state: ProcessState;
  /** The latest death of this process, also after it was restarted. */
  lastTermination: TerminationInfo | null;
  /** Deaths within the restart policy's memory that count towards giving a plugin up: all but kills on the person's wish. */
  crashes: number;
  /** Resident memory, bytes, or null before the first reading. */
  memoryBytes: number | null;
  /** Percent of one core (100 = one core busy), or null before the second reading. */
  cpuPercent: number | null;
  tabIds: number[];
}

export type ChannelStatus =
  | { kind: 'opening' }
  | { kind: 'measuring' }
  /** Switched off, or held for a while: then with the reason. */
  | { kind: 'paused'; reason: string | null }
  | { kind: 'waiting'; reason: string }
  | { kind: 'unavailable'; reason: string };

export interface ChannelView {
  /** Stable across restarts: `plugin:echo/fifo`. */
  id: string;
  processId: string;
  transport: TransportId;
  /** `echo · Named pipe` */
  label: string;
  status: ChannelStatus;
  enabled: boolean;
  /** False until it was switched on for the first time: it is in the table, and nowhere else. */
  everEnabled: boolean;
  stats: ChannelStats;
}

/** A channel whose process nobody needs any more. */
export interface DepartedChannel {
  channel: ChannelView;
  processName: string;
  /** When its last ping was due, nanoseconds on the recording's clock. */
  lastNs: number;
}

/**
 * What the kernel alone takes for a transport: two native processes, one ping after another, as many bytes on the wire,
 * wherever the scheduler puts them.
 */
export interface FloorView {
  transport: TransportId;
  payloadBytes: number;
  /** Nanoseconds; null with the reason when it could not be measured. */
  p50: number | null;
  p99: number | null;
  reason: string | null;
}

/** Percentiles in nanoseconds; null while there is no answered ping. */
export interface Percentiles {
  count: number;
  p50: number;
  p90: number;
  p99: number;
  p999: number;
  max: number;
}

export interface ChannelStats {
  /** Over the last 30 s, from the moment each ping was actually sent. */
  fromSent: Percentiles | null;
  /** Over the last 30 s, from the moment each ping was meant to be sent. */
  fromIntended: Percentiles | null;
  totals: ChannelTotals;
  /** Answered pings per second over the last second. */
  answeredPerSecond: number;
}

/** Counts since the channel was first opened; they survive restarts of the process. */
export interface ChannelTotals {
  sent: number;
  answered: number;
  lost: number;
  /** Pings never sent because the browser process had stalled, or withdrawn because their channel was closed on purpose. Not lost. */
  skipped: number;
  /** Pongs that came after their ping had been given up as lost. */
  late: number;
  /** Pongs for a ping already answered. */
  duplicate: number;
  /** Pongs that overtook an earlier one. */
  reordered: number;
  /** Frames dropped because they were malformed, truncated or foreign. */
  rejected: number;
}

/** What the pane under a tab shows. */
export type TabPane =
  | { kind: 'loading' }
  | { kind: 'page' }
  | { kind: 'sad'; termination: TerminationInfo; again: boolean }
  | { kind: 'refused'; reason: string }
  | { kind: 'load-failed'; reason: string }
  /** The browser process ended the page, because it asked for too much. */
  | { kind: 'ended'; reason: string };

export interface TabView {
  id: number;
  url: string;
  title: string;
  /** The site whose process the tab lives in, or null while it has none. */
  site: string | null;
  processId: string | null;
  pid: number | null;
  pane: TabPane;
  /** The process behind the tab doesn't answer: offer Wait and End process. */
  unresponsive: boolean;
  canGoBack: boolean;
  canGoForward: boolean;
}

/** The browser process's id in the process map. It has no host: nobody supervises it. */
export const BROWSER_PROCESS_ID = 'browser';
