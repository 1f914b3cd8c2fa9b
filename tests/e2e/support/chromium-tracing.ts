import type { AppUnderTest } from './app';

/** A trace as Chromium's own viewer (`chrome://tracing`) has it once it is read. */
export interface ViewedTrace {
  warnings: string[];
  /** By pid. */
  processes: Record<string, string>;
  slices: number;
  /** The slices that each arrow joins, by name. */
  arrows: Array<[string, string]>;
  counters: number;
}

/** Opens a trace in the viewer that the runtime has built in, in a window of its own. */
export function openInChromium(app: AppUnderTest, path: string): Promise<ViewedTrace> {
  return app.electron.evaluate(async ({ BrowserWindow, session }, file) => {
    const { readFileSync } = process.getBuiltinModule('node:fs');
    const own = session.fromPartition('tracing');
    const window = new BrowserWindow({ show: false, frame: false, webPreferences: { session: own, sandbox: true } });
    try {
      await window.loadURL('chrome://tracing');
      const run = (code: string) => window.webContents.executeJavaScript(code) as Promise<unknown>;
      await run('window.pieces = []; 0');
      const text = readFileSync(file, 'utf8');
      const pieceLength = 1 << 20;
      for (let from = 0; from < text.length; from += pieceLength)
        await run(`window.pieces.push(${JSON.stringify(text.slice(from, from + pieceLength))}); 0`);
      return (await run(`(() => {
        const model = new tr.Model();
        new tr.importer.Import(model).importTraces([window.pieces.join('')]);
        const processes = model.getAllProcesses();
        const rows = processes.flatMap((process) => Object.values(process.threads));
        return {
          warnings: model.importWarnings.map(({ type, message }) => type + ': ' + message),
          processes: Object.fromEntries(processes.map(({ pid, name }) => [pid, name])),
          slices: rows.reduce((sum, row) => sum + row.sliceGroup.length, 0),
          arrows: model.flowEvents.map(({ startSlice, endSlice }) => [startSlice?.title, endSlice?.title]),
          counters: processes.reduce((sum, process) => sum + Object.keys(process.counters).length, 0),
        };
      })()`)) as ViewedTrace;
    } finally {
      window.destroy();
    }
  }, path);
}
