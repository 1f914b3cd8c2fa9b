import { type BrowserWindow, dialog } from 'electron';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ExportOutcome } from '../../shared/ipc-contract';
import { locustFiles } from '../../shared/load/locust';
import { loadReportHtml } from '../../shared/load/report-html';
import { LOAD_FORMATS, type LoadFormat } from '../../shared/load/result-formats';
import type { ChooseFileOutcome } from '../../shared/load/view';
import { say, words } from '../../shared/messages/message';
import type { WrittenFiles } from '../written-files';
import type { LoadService } from './load-service';
import { readTrafficFile } from './traffic-file';

/** Chooses traffic files, and saves results, at places that the person names. */
export class LoadFiles {
  readonly #service: LoadService;
  readonly #window: BrowserWindow;
  readonly #written: WrittenFiles;

  constructor(service: LoadService, window: BrowserWindow, written: WrittenFiles) {
    this.#service = service;
    this.#window = window;
    this.#written = written;
  }

  async choose(dropped: string | null): Promise<ChooseFileOutcome> {
    const path = dropped ?? (await this.#ask());
    return path === null ? { status: 'cancelled' } : readTrafficFile(path);
  }

  async save(format: LoadFormat): Promise<ExportOutcome> {
    const input = this.#service.saved;
    if (input === null) return { status: 'failed', message: say('load.no-result') };
    const { result, points } = input;
    const name = `bulkhead-load-${result.environment.began_at.slice(0, 19).replaceAll(':', '-')}`;
    switch (format) {
      case 'json':
        return this.#saveOne(`${name}.json`, format, `${JSON.stringify(result, null, 2)}\n`);
      case 'html':
        return this.#saveOne(`${name}.html`, format, loadReportHtml(result, points));
      case 'csv':
        return this.#saveSeveral(locustFiles(input));
    }
  }

  async #ask(): Promise<string | null> {
    const { canceled, filePaths } = await dialog.showOpenDialog(this.#window, {
      title: words('load.choose-title'),
      filters: [
        { name: words('load.file-records'), extensions: ['json'] },
        { name: words('dialog.all-files'), extensions: ['*'] },
      ],
      properties: ['openFile'],
    });
    return canceled ? null : (filePaths[0] ?? null);
  }

  async #saveOne(name: string, format: LoadFormat, text: string): Promise<ExportOutcome> {
    const { title, extension } = LOAD_FORMATS[format];
    const { canceled, filePath } = await dialog.showSaveDialog(this.#window, {
      title: words('load.save-title'),
      defaultPath: name,
      filters: [{ name: title, extensions: [extension] }],
    });
    return canceled || filePath === ''
      ? { status: 'cancelled' }
      : this.#written.write([{ path: filePath, content: text }], filePath);
  }

  async #saveSeveral(files: ReadonlyArray<{ name: string; text: string }>): Promise<ExportOutcome> {
    const { canceled, filePaths } = await dialog.showOpenDialog(this.#window, {
      title: words('load.csv-folder'),
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
}
