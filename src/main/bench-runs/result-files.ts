import { type BrowserWindow, dialog } from 'electron';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { runsCsv } from '../../shared/bench/report-csv';
import { hgrmFiles } from '../../shared/bench/report-hgrm';
import { benchReportHtml } from '../../shared/bench/report-html';
import type { BenchResult } from '../../shared/bench/schema';
import {
  type DrawnFormat,
  extensionOf,
  RESULT_FORMATS,
  type ResultFormat,
  type WrittenFormat,
} from '../../shared/bench-window/result-formats';
import type { OpenOutcome } from '../../shared/bench-window/view';
import type { ChartImage, ExportOutcome, Outcome } from '../../shared/ipc-contract';
import { type Message, say, words } from '../../shared/messages/message';
import type { WrittenFiles } from '../written-files';
import { readResult } from './read-result';
import type { ResultStore } from './result-store';

/** Opens and saves results, at places that the person chooses. */
export class ResultFiles {
  readonly #store: ResultStore;
  readonly #window: BrowserWindow;
  readonly #written: WrittenFiles;
  readonly #traceOf: (id: number) => string | null;

  /** `traceOf`: where the trace of a result lies, or null. */
  constructor(
    store: ResultStore,
    window: BrowserWindow,
    written: WrittenFiles,
    traceOf: (id: number) => string | null,
  ) {
    this.#store = store;
    this.#window = window;
    this.#written = written;
    this.#traceOf = traceOf;
  }

  async open(): Promise<OpenOutcome> {
    const { canceled, filePaths } = await dialog.showOpenDialog(this.#window, {
      title: words('dialog.open-results'),
      filters: [
        { name: RESULT_FORMATS.json.file, extensions: ['json'] },
        { name: words('dialog.all-files'), extensions: ['*'] },
      ],
      properties: ['openFile', 'multiSelections'],
    });
    if (canceled || filePaths.length === 0) return { status: 'cancelled' };
    const ids: number[] = [];
    const refusals: Message[] = [];
    for (const path of filePaths) {
      const read = await readResult(path);
      if (read.kind === 'read') ids.push(this.#store.add(basename(path), path, read.result));
      else refusals.push(read.reason);
    }
    return refusals.length > 0
      ? { status: 'failed', message: say('sentences', { sentences: refusals }) }
      : { status: 'opened', ids };
  }

  /** One that is kept is deleted for good, so the person is asked. */
  async remove(id: number): Promise<Outcome> {
    const summary = this.#store.summaries.find((each) => each.id === id);
    if (summary?.kept === true) {
      const { response } = await dialog.showMessageBox(this.#window, {
        type: 'warning',
        message: words('dialog.delete-result', { name: summary.name }),
        detail: words('dialog.delete-result-detail'),
        buttons: ['Delete', 'Keep'],
        defaultId: 1,
        cancelId: 1,
        noLink: true,
      });
      if (response !== 0) return { ok: true };
    }
    return this.#store.remove(id);
  }

  /** `.hgrm` is a file for each run: several go into a folder that the person chooses. */
  async save(id: number, format: WrittenFormat): Promise<ExportOutcome> {
    const result = await this.#store.get(id);
    if (result === null) return GONE;
    switch (format) {
      case 'json':
        return this.#saveOne(result, format, `${JSON.stringify(result, null, 2)}\n`);
      case 'csv':
        return this.#saveOne(result, format, runsCsv(result.runs));
      case 'html': {
        const summary = this.#store.summaries.find((each) => each.id === id);
        return this.#saveOne(result, format, benchReportHtml(result, summary ?? null));
      }
      case 'trace':
        return this.#saveTrace(id, result);
      case 'hgrm':
        return this.#saveDistributions(result);
    }
  }

  /** A plot that the shell has drawn. */
  async saveImage(id: number, format: DrawnFormat, { svg, png }: ChartImage): Promise<ExportOutcome> {
    const result = await this.#store.get(id);
    if (result === null) return GONE;
    const content = format === 'svg' ? svg : png;
    if (content === null) return { status: 'failed', message: say('result.no-image') };
    return this.#saveOne(result, format, content);
  }

  async #saveDistributions(result: BenchResult): Promise<ExportOutcome> {
    const files = hgrmFiles(result.runs);
    const [only] = files;
    if (only === undefined) return { status: 'failed', message: say('result.no-distributions') };
    if (files.length === 1) return this.#saveOne(result, 'hgrm', only.text);
    const { canceled, filePaths } = await dialog.showOpenDialog(this.#window, {
      title: words('dialog.distributions-folder', { count: files.length }),
      properties: ['openDirectory', 'createDirectory'],
    });
    const [folder] = filePaths;
    if (canceled || folder === undefined) return { status: 'cancelled' };
    const taken = files.find(({ name }) => existsSync(join(folder, name)));
    if (taken !== undefined)
      return { status: 'failed', message: say('result.file-taken', { folder, file: taken.name }) };
    return this.#written.write(
      files.map(({ name, text }) => ({ path: join(folder, name), content: text })),
      folder,
    );
  }

  async #saveTrace(id: number, result: BenchResult): Promise<ExportOutcome> {
    const path = this.#traceOf(id);
    const trace = path === null ? null : await readFile(path).catch(() => null);
    if (trace === null) return { status: 'failed', message: say('result.no-trace') };
    return this.#saveOne(result, 'trace', trace);
  }

  async #saveOne(result: BenchResult, format: ResultFormat, content: string | Uint8Array): Promise<ExportOutcome> {
    const { canceled, filePath } = await dialog.showSaveDialog(this.#window, {
      title: words('dialog.save-as', { name: RESULT_FORMATS[format].name }),
      defaultPath: `bulkhead-bench-${result.environment.began_at.slice(0, 19).replaceAll(':', '-')}.${extensionOf(format)}`,
      filters: [{ name: RESULT_FORMATS[format].file, extensions: [extensionOf(format).split('.').at(-1) as string] }],
    });
    if (canceled || filePath === '') return { status: 'cancelled' };
    return this.#written.write([{ path: filePath, content }], filePath);
  }
}

const GONE: ExportOutcome = {
  status: 'failed',
  message: say('result.gone'),
};
