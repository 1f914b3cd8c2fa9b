import { dialog, type BrowserWindow } from 'electron';
import { join } from 'node:path';
import { MessageError, render, words } from '../../shared/messages/message';
import { EXPORT_FORMAT_IDS, EXPORT_FORMATS, type ExportFormat } from '../../shared/export-formats';
import type { ExportOutcome } from '../../shared/ipc-contract';
import type { CutRecording } from '../../shared/recording/cut';
import type { Piece } from '../../shared/recording/write';
import { traceExtent } from '../../shared/trace/recording-trace';
import type { Feed } from '../feed';
import { describeWriteFailure, makeFolder, writeOutput } from '../../node/output-file';
import type { WrittenFiles } from '../written-files';
import type { ChartRequests } from './chart-requests';
import { PIECES } from './pieces';

/** The shell hears of progress at most so often. */
const PROGRESS_EVERY_MS = 100;

export interface ExporterServices {
  /** Cuts the recording as it stands. */
  cut: () => Promise<CutRecording>;
  charts: ChartRequests;
  feed: Feed;
  window: BrowserWindow;
  written: WrittenFiles;
  /** Tells a person at a terminal what was written. */
  tell: (line: string) => void;
}

/** Writes recordings. JSON, CSV and the tables of the report come from one cut document; charts are drawn by the shell, as it shows them. */
export class Exporter {
  readonly #services: ExporterServices;
  readonly #jobs = new Map<number, AbortController>();
  #nextJob = 1;

  constructor(services: ExporterServices) {
    this.#services = services;
  }

  /** Asks the person for a path, then writes. */
  async exportAs(format: ExportFormat): Promise<ExportOutcome> {
    const recording = await this.#services.cut();
    const { canceled, filePath } = await dialog.showSaveDialog(this.#services.window, {
      title: words('dialog.export-as', { name: EXPORT_FORMATS[format].name }),
      defaultPath: fileName(recording, format),
      filters: [
        {
          name: EXPORT_FORMATS[format].file,
          extensions: [EXPORT_FORMATS[format].extension.split('.').at(-1) as string],
        },
      ],
    });
    if (canceled || filePath === '') return { status: 'cancelled' };
    return this.#write(recording, format, filePath);
  }

  /** Writes every format to a folder, which is made when it isn't there. Rejects with a sentence when one fails. */
  async exportAll(directory: string): Promise<void> {
    const recording = await this.#services.cut();
    try {
      await makeFolder(directory);
    } catch (error) {
      throw new MessageError(describeWriteFailure(directory, error), { cause: error });
    }
    const failures: string[] = [];
    for (const format of EXPORT_FORMAT_IDS) {
      const outcome = await this.#write(recording, format, join(directory, fileName(recording, format)));
      if (outcome.status === 'failed') failures.push(render(outcome.message));
      else if (outcome.status === 'saved') this.#services.tell(words('export.wrote', { path: outcome.path }));
    }
    if (failures.length > 0) throw new Error(failures.join('\n'));
  }

  cancel(jobId: number): void {
    this.#jobs.get(jobId)?.abort();
  }

  async #write(recording: CutRecording, format: ExportFormat, path: string): Promise<ExportOutcome> {
    const jobId = this.#nextJob;
    this.#nextJob += 1;
    const job = new AbortController();
    this.#jobs.set(jobId, job);
    const total = EXPORT_FORMATS[format].bySample ? samplesIn(recording, format) : 0;
    let done = 0;
    let reportedMs = 0;
    const report = (outcome: ExportOutcome | null) =>
      this.#services.feed.send({ kind: 'export-progress', progress: { jobId, format, done, total, outcome } });
    report(null);
    const outcome = await this.#attempt(recording, format, path, job.signal, (samples) => {
      done += samples;
      if (performance.now() - reportedMs < PROGRESS_EVERY_MS) return;
      reportedMs = performance.now();
      report(null);
    });
    this.#jobs.delete(jobId);
    report(outcome);
    return outcome;
  }

  async #attempt(
    recording: CutRecording,
    format: ExportFormat,
    path: string,
    signal: AbortSignal,
    onProgress: (samples: number) => void,
  ): Promise<ExportOutcome> {
    try {
      const { charts, written } = this.#services;
      const pieces = await PIECES[format](recording, (view, title, png) => charts.draw(view, title, png));
      await writeOutput(path, told(pieces, onProgress), signal);
      return { status: 'saved', path, file: written.add(path) };
    } catch (error) {
      return signal.aborted
        ? { status: 'cancelled' }
        : { status: 'failed', message: describeWriteFailure(path, error) };
    }
  }
}

function samplesIn(recording: CutRecording, format: ExportFormat): number {
  if (format === 'trace') return traceExtent(recording).pings;
  return recording.channels.reduce((sum, channel) => sum + channel.sampleCount, 0);
}

/** Tells of each piece when it has been written and the next one is due. */
function* told(pieces: Iterable<Piece>, onWritten: (samples: number) => void): Generator<string | Uint8Array> {
  for (const { content, samples } of pieces) {
    yield content;
    if (samples > 0) onWritten(samples);
  }
}

/** `bulkhead-2026-01-31T12-00-00.csv`: when the recording began, in characters that every file system takes. */
function fileName(recording: CutRecording, format: ExportFormat): string {
  const { extension } = EXPORT_FORMATS[format];
  return `bulkhead-${recording.beganAt.slice(0, 19).replaceAll(':', '-')}.${extension}`;
}
