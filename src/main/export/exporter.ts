import { dialog, type BrowserWindow } from 'electron';
import { join } from 'node:path';
import { EXPORT_FORMATS, type ExportFormat, type ExportOutcome } from '../../shared/ipc-contract';
import { MessageError, render, say } from '../../shared/messages/message';
import type { CutRecording } from '../../shared/recording/cut';
import { htmlReport } from '../../shared/recording/html';
import { csvPieces, jsonPieces, type Piece } from '../../shared/recording/write';
import type { Feed } from '../feed';
import { describeWriteFailure, makeFolder, writeOutput } from '../../node/output-file';
import type { ChartRequests } from './chart-requests';

/** The shell hears of progress at most so often. */
const PROGRESS_EVERY_MS = 100;

const NAMES: Record<ExportFormat, string> = {
  json: 'Recording (JSON)',
  csv: 'Samples (CSV)',
  svg: 'Chart (SVG)',
  png: 'Chart (PNG)',
  html: 'Report (HTML)',
};

export interface ExporterServices {
  /** Cuts the recording as it stands. */
  cut: () => Promise<CutRecording>;
  charts: ChartRequests;
  feed: Feed;
  window: BrowserWindow;
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
      title: `Export as ${format.toUpperCase()}`,
      defaultPath: fileName(recording, format),
      filters: [{ name: NAMES[format], extensions: [format] }],
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
    for (const format of EXPORT_FORMATS) {
      const outcome = await this.#write(recording, format, join(directory, fileName(recording, format)));
      if (outcome.status === 'failed') failures.push(render(outcome.message));
      else if (outcome.status === 'saved') this.#services.tell(`Wrote ${outcome.path}`);
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
    const total =
      format === 'json' || format === 'csv'
        ? recording.channels.reduce((sum, channel) => sum + channel.sampleCount, 0)
        : 0;
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
      await writeOutput(path, told(await this.#pieces(recording, format), onProgress), signal);
      return { status: 'saved', path };
    } catch (error) {
      return signal.aborted
        ? { status: 'cancelled' }
        : { status: 'failed', message: describeWriteFailure(path, error) };
    }
  }

  async #pieces(recording: CutRecording, format: ExportFormat): Promise<Iterable<Piece>> {
    const { charts } = this.#services;
    const title = `Bulkhead: round trip by channel, ${recording.beganAt.slice(0, 10)}`;
    switch (format) {
      case 'json':
        return jsonPieces(recording);
      case 'csv':
        return csvPieces(recording);
      case 'svg':
        return [{ content: (await charts.draw('shown', title, false)).svg, samples: 0 }];
      case 'png': {
        const { png } = await charts.draw('shown', title, true);
        if (png === null) throw new MessageError(say('chart.no-image'));
        return [{ content: png, samples: 0 }];
      }
      case 'html': {
        const latency = await charts.draw('latency', title, false);
        const percentiles = await charts.draw(
          'percentiles',
          `Bulkhead: percentiles by channel, ${recording.beganAt.slice(0, 10)}`,
          false,
        );
        return [{ content: htmlReport(recording, { latency: latency.svg, percentiles: percentiles.svg }), samples: 0 }];
      }
    }
  }
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
  return `bulkhead-${recording.beganAt.slice(0, 19).replaceAll(':', '-')}.${format}`;
}
