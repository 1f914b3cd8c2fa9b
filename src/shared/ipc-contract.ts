import { z } from 'zod';
import type { BenchResult } from './bench/schema';
import { benchFormSchema } from './bench-window/form';
import { DRAWN_FORMATS, WRITTEN_FORMATS } from './bench-window/result-formats';
import { RESULT_LIMITS } from './bench-window/limits';
import type { OpenOutcome } from './bench-window/view';
import { loadFormSchema, routeChoicesSchema } from './load/form';
import { LOAD_LIMITS } from './load/limits';
import { LOAD_FORMAT_IDS } from './load/result-formats';
import type { ChooseFileOutcome } from './load/view';
import { type AnatomyOutcome, anatomyStretchSchema, pingChoiceSchema } from './anatomy-view';
import type { SampleBatch } from './sample-batch';
import type { Message } from './messages/message';
import { probeSettingsSchema } from './probe-settings';
import { EXPORT_FORMAT_IDS } from './export-formats';
import { PROCESS_ACTION_IDS } from './process-actions';
import { MAX_ADDRESS_CHARS } from './address';
import { type ViewSettings, viewSettingsSchema } from './view-settings';

/**
 * The one contract between the shell and the browser process. A request is one entry here: the schema of its
 * arguments (checked on the privileged side for every message) and, in `RequestResults`, what it answers.
 * `src/main/ipc/handle.ts` and `src/preload/shell.ts` are derived from it; raw ipcMain and ipcRenderer are
 * banned elsewhere by lint.
 */

const tabId = z.number().int().nonnegative();
const processId = z.string().min(1).max(300);
const resultId = z.number().int().positive();
const channelId = z.string().min(1).max(300);

/** Where the active tab's page goes in the window, in CSS pixels of the shell page. */
export const paneBoundsSchema = z.strictObject({
  x: z.number().finite().min(0).max(20_000),
  y: z.number().finite().min(0).max(20_000),
  width: z.number().finite().min(0).max(20_000),
  height: z.number().finite().min(0).max(20_000),
});
export type PaneBounds = z.infer<typeof paneBoundsSchema>;

const pngSchema = z.instanceof(Uint8Array).refine((bytes) => bytes.byteLength <= 50_000_000, 'at most 50 MB');

/** A chart drawn by the shell for an export: SVG text, and PNG bytes when they were asked for. */
export const chartImageSchema = z.strictObject({
  svg: z.string().max(20_000_000),
  png: pngSchema.nullable(),
});
export type ChartImage = z.infer<typeof chartImageSchema>;

export const requestSchemas = {
  /** How the window was set up when it was closed, or its page died. */
  'view:read': z.tuple([]),
  'view:remember': z.tuple([viewSettingsSchema]),
  /** Asks for the feed; a MessagePort follows on `bulkhead:feed`. */
  'feed:open': z.tuple([]),
  /** The chart has its first point, or has none to draw: what was put off for that may start. */
  'feed:drawn': z.tuple([]),
  'tab:open': z.tuple([z.string().max(MAX_ADDRESS_CHARS)]),
  'tab:navigate': z.tuple([tabId, z.string().max(MAX_ADDRESS_CHARS)]),
  'tab:activate': z.tuple([tabId]),
  'tab:close': z.tuple([tabId]),
  'tab:reload': z.tuple([tabId]),
  'tab:back': z.tuple([tabId]),
  'tab:forward': z.tuple([tabId]),
  /** Null hides the page (a dialog of the shell is open). */
  'tab:place': z.tuple([paneBoundsSchema.nullable()]),
  'process:act': z.tuple([processId, z.enum(PROCESS_ACTION_IDS)]),
  /** Only what is to change: another change may be on its way. */
  'probe:configure': z.tuple([probeSettingsSchema.partial()]),
  'channel:enable': z.tuple([channelId, z.boolean()]),
  /** The samples of all channels that were sent from one time of the recording to another, nanoseconds. */
  'samples:read': z.tuple([z.number().nonnegative(), z.number().nonnegative()]),
  /** While the anatomy view is open pings have stages, whatever is set. */
  'stages:watch': z.tuple([z.boolean()]),
  /** Where the time of a channel's pings went, and that of one of them. */
  'anatomy:read': z.tuple([channelId, anatomyStretchSchema, pingChoiceSchema.nullable()]),
  /** Asks for a path, then writes. Settles when the file is whole, or cancelled, or failed. */
  'recording:export': z.tuple([z.enum(EXPORT_FORMAT_IDS)]),
  'export:cancel': z.tuple([z.number().int().nonnegative()]),
  /** The shell's answer to a `render-chart` feed message. */
  'chart:rendered': z.tuple([
    z.number().int().nonnegative(),
    z.union([chartImageSchema, z.strictObject({ error: z.string().max(2000) })]),
  ]),
  'bench:start': z.tuple([benchFormSchema]),
  /** Ends with what was measured so far; a second time, at once. */
  'bench:stop': z.tuple([]),
  'bench:result': z.tuple([resultId]),
  /** Asks for files, then reads them. */
  'bench:open': z.tuple([]),
  /** Takes it off the list; one that is kept is deleted, after a question. */
  'bench:forget': z.tuple([resultId]),
  /** Name and note of a kept one. */
  'bench:describe': z.tuple([
    resultId,
    z.string().trim().min(1).max(RESULT_LIMITS.name),
    z.string().trim().max(RESULT_LIMITS.note),
  ]),
  /** Asks for a path, then writes. */
  'bench:save': z.tuple([resultId, z.enum(WRITTEN_FORMATS)]),
  /** The same with a plot that the shell has drawn. */
  'bench:save-image': z.tuple([resultId, z.enum(DRAWN_FORMATS), chartImageSchema]),
  /** Looks again which servers are installed. */
  'load:look': z.tuple([]),
  /** Starts these routes, each in this mode, and the collector, without a load; a route in another mode is ended first. */
  'load:prepare': z.tuple([routeChoicesSchema]),
  /** Starts what isn't up of the routes, then the load. */
  'load:start': z.tuple([loadFormSchema]),
  /** No new posts; what is on its way is waited for. A second time: ends at once, with what has arrived. */
  'load:stop': z.tuple([]),
  /** While it runs, with users. */
  'load:users': z.tuple([z.int().min(0).max(LOAD_LIMITS.users.max)]),
  /** Forgets the run and its figures. */
  'load:reset': z.tuple([]),
  /** Ends all routes; `load:prepare` and `load:start` start them again. */
  'load:close': z.tuple([]),
  /** Asks for a file and reads it; a path that was dropped is read at once. */
  'load:choose-file': z.tuple([z.string().min(1).max(LOAD_LIMITS.pathLength).nullable()]),
  /** Of the run that has ended: asks for a path, then writes. */
  'load:save': z.tuple([z.enum(LOAD_FORMAT_IDS)]),
  /** Shows a file in the system's file manager: by the number that its `ExportOutcome` gave. */
  'file:show': z.tuple([z.number().int().nonnegative()]),
  /** A chart as PNG, onto the clipboard. */
  'clipboard:image': z.tuple([pngSchema]),
  /** A table, row by row with its head first, onto the clipboard. */
  'clipboard:table': z.tuple([
    z
      .array(z.array(z.string().max(2000)).max(40))
      .min(1)
      .max(1000),
  ]),
} as const;

export type RequestName = keyof typeof requestSchemas;
export type RequestArgs<N extends RequestName> = z.infer<(typeof requestSchemas)[N]>;

/** How something a person asked for went. A refusal is an answer, not an exception: it says why and what to do. */
export type Outcome = { ok: true } | { ok: false; message: Message };

/** One batch for each channel that has samples then. */
export type SamplesOutcome = { ok: true; batches: SampleBatch[] } | { ok: false; message: Message };

export type ExportOutcome =
  /** `file`: its number, for `file:show`. */
  { status: 'saved'; path: string; file: number } | { status: 'cancelled' } | { status: 'failed'; message: Message };

export interface RequestResults {
  'view:read': ViewSettings;
  'view:remember': void;
  'feed:open': void;
  'feed:drawn': void;
  'tab:open': Outcome;
  'tab:navigate': Outcome;
  'tab:activate': Outcome;
  'tab:close': Outcome;
  'tab:reload': Outcome;
  'tab:back': Outcome;
  'tab:forward': Outcome;
  'tab:place': void;
  'process:act': Outcome;
  'probe:configure': Outcome;
  'channel:enable': Outcome;
  'samples:read': SamplesOutcome;
  'stages:watch': Outcome;
  'anatomy:read': AnatomyOutcome;
  'recording:export': ExportOutcome;
  'export:cancel': void;
  'chart:rendered': void;
  'bench:start': Outcome;
  'bench:stop': Outcome;
  /** Null when there is none of this id (any more). */
  'bench:result': BenchResult | null;
  'bench:open': OpenOutcome;
  'bench:forget': Outcome;
  'bench:describe': Outcome;
  'bench:save': ExportOutcome;
  'bench:save-image': ExportOutcome;
  'load:look': Outcome;
  'load:prepare': Outcome;
  'load:start': Outcome;
  'load:stop': Outcome;
  'load:users': Outcome;
  'load:reset': Outcome;
  'load:close': Outcome;
  'load:choose-file': ChooseFileOutcome;
  'load:save': ExportOutcome;
  'file:show': Outcome;
  'clipboard:image': Outcome;
  'clipboard:table': Outcome;
}

/** What the shell page sees as `window.bulkhead`: requests, and the feed's port through `message` events. */
export interface ShellApi {
  request<N extends RequestName>(name: N, ...args: RequestArgs<N>): Promise<RequestResults[N]>;
  /** Where a file lies that was dropped onto the page; empty when it is none on the disk. */
  pathOf(file: unknown): string;
}
