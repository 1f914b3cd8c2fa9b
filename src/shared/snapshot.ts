import type { Thread } from './bench/request';
import type { TransportId } from './transport-catalog';
import type { Incident } from './incident';
import type { LabEvent } from './events';
import type { Message } from './messages/message';
import type { ProbeSettings } from './probe-settings';
import type { ProcessState, TerminationInfo } from './process-state';

/** The shell's whole view of the laboratory. Small; sent again whenever it changes, at most ten times a second. */
export interface Snapshot {
  environment: Environment;
  settings: ProbeSettings;
  /** Nanoseconds on the recording's clock when this was made. */
  nowNs: number;
  processes: ProcessView[];
  /** What runs besides: the window, Chromium's own processes, those of a benchmark. */
  alsoRunning: OwnedProcessView[];
  channels: ChannelView[];
  /** Of sites that no tab shows any more, while the longest chart still has something of them. */
  departed: DepartedChannel[];
  /** One for each transport that was measured so far and that the kernel can do without us, at the present rate and payload. */
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
  text: Message;
}

/** A plugin is a utility process; a server is an executable of its own. */
export type ProcessKind = 'browser' | 'shell' | 'renderer' | 'plugin' | 'server';

/** What a process that Bulkhead owns is for: those of the map, Chromium's own, and what these have started. */
export type OwnedKind = ProcessKind | 'gpu' | 'network' | 'utility' | 'zygote' | 'benchmark' | 'other';

/** Why a figure is not there: this system has no such account, or this user may not look. */
export type Unread = 'system' | 'permission';

/** What a process costs the computer. Null: not read so far, or not to be read. */
export interface ProcessFigures {
  /** Resident memory, bytes. */
  memoryBytes: number | null;
  /** Percent of one core (100 = one core busy). */
  cpuPercent: number | null;
  threads: number | null;
  /** Open file descriptors. */
  descriptors: number | null;
  /** How often its main thread gave its core up by itself, and how often that was taken away. */
  switchesPerSecond: { voluntary: number; involuntary: number } | null;
  /** Why threads, descriptors or switches can't be read; null when all can. */
  unread: Unread | null;
}

/** A process that Bulkhead owns and that has no place of its own in the process map. */
export interface OwnedProcessView extends ProcessFigures {
  pid: number;
  kind: OwnedKind;
  name: string;
}

export interface ProcessView extends ProcessFigures {
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
  tabIds: number[];
  /** Processes of one plugin have the same; null for one that is alone. */
  group: string | null;
  /** What it does in its group. */
  role: string | null;
  /** The name of the process of its group that has to run before this one is launched; null when it has been. */
  waitsFor: string | null;
}

export type ChannelStatus =
  | { kind: 'opening' }
  | { kind: 'measuring' }
  /** Switched off, or held for a while: then with the reason. */
  | { kind: 'paused'; reason: Message | null }
  | { kind: 'waiting'; reason: Message }
  | { kind: 'unavailable'; reason: Message };

export interface ChannelView {
  /** Stable across restarts: `plugin:echo/fifo`. */
  id: string;
  processId: string;
  transport: TransportId;
  /** Which thread of the browser process sends its pings and takes the time. */
  thread: Thread;
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
 * What the kernel alone takes for a transport: two native processes that do a channel's work, as many bytes on the wire
 * at the same rate, asleep in between, wherever the scheduler puts them.
 */
export interface FloorView {
  transport: TransportId;
  /** Its samples in the feed. */
  seriesId: string;
  payloadBytes: number;
  ratePerSecond: number;
  /** It sends bursts at the rate above this, so many round trips a second on average. */
  atMostPerSecond: number;
  /** Over the last 30 s, nanoseconds; null so far, or with the reason why it can't be measured. */
  p50: number | null;
  p99: number | null;
  reason: Message | null;
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
  /** Pongs whose stage stamps can't be true, when there were any. */
  illStamped?: number;
}

/** What the pane under a tab shows. */
export type TabPane =
  | { kind: 'loading' }
  | { kind: 'page' }
  | { kind: 'sad'; termination: TerminationInfo; again: boolean }
  | { kind: 'refused'; reason: Message }
  | { kind: 'load-failed'; reason: Message }
  /** The browser process ended the page, because it asked for too much. */
  | { kind: 'ended'; reason: Message };

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

/** The role of the process that its group is named after. */
export const MAIN_ROLE = 'main';
