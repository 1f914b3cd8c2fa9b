interface ExportFormatRow {
  name: string;
  extension: string;
  /** In the system's save dialog. */
  file: string;
  /** What is in it, a sentence. */
  about: string;
  /** In the export dialog, and with Ctrl+Shift (Cmd+Shift on macOS) everywhere. */
  key: string;
  /** It is written sample by sample, so there is progress to tell. */
  bySample: boolean;
}

/**
 * What the recording is exported as. Schema, menu, shortcuts, dialog and
 * `--export` come from these rows; `src/main/export/pieces.ts` writes them.
 */
export const EXPORT_FORMATS = {
  json: {
    name: 'JSON',
    extension: 'json',
    file: 'Recording (JSON)',
    about: 'The whole recording: environment, channels, every sample, losses, events. Its schema is in the repository.',
    key: 'J',
    bySample: true,
  },
  csv: {
    name: 'CSV',
    extension: 'csv',
    file: 'Samples (CSV)',
    about: 'One row per sample, for a spreadsheet or a script.',
    key: 'V',
    bySample: true,
  },
  svg: {
    name: 'SVG',
    extension: 'svg',
    file: 'Chart (SVG)',
    about: 'The chart as shown, as a drawing: title, axes, legend, event markers.',
    key: 'G',
    bySample: false,
  },
  png: {
    name: 'PNG',
    extension: 'png',
    file: 'Chart (PNG)',
    about: 'The same as a picture at twice the size.',
    key: 'P',
    bySample: false,
  },
  html: {
    name: 'HTML',
    extension: 'html',
    file: 'Report (HTML)',
    about: 'One self-contained page with charts and tables, to send to somebody.',
    key: 'H',
    bySample: false,
  },
  trace: {
    name: 'Trace',
    extension: 'trace.json',
    file: 'Trace (JSON)',
    about:
      "The newest minute as a timeline: every ping in its processes, events, CPU. Open it in Perfetto's UI (ui.perfetto.dev).",
    key: 'T',
    bySample: true,
  },
} as const satisfies Record<string, ExportFormatRow>;
export type ExportFormat = keyof typeof EXPORT_FORMATS;
export const EXPORT_FORMAT_IDS = Object.keys(EXPORT_FORMATS) as ExportFormat[];
