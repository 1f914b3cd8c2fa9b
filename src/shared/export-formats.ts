interface ExportFormatRow {
  name: string;
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
 * What the recording is exported as; each id is the file's extension as well. Schema, menu, shortcuts, dialog and
 * `--export` come from these rows; `src/main/export/pieces.ts` writes them.
 */
export const EXPORT_FORMATS = {
  json: {
    name: 'JSON',
    file: 'Recording (JSON)',
    about: 'The whole recording: environment, channels, every sample, losses, events. Its schema is in the repository.',
    key: 'J',
    bySample: true,
  },
  csv: {
    name: 'CSV',
    file: 'Samples (CSV)',
    about: 'One row per sample, for a spreadsheet or a script.',
    key: 'V',
    bySample: true,
  },
  svg: {
    name: 'SVG',
    file: 'Chart (SVG)',
    about: 'The chart as shown, as a drawing: title, axes, legend, event markers.',
    key: 'G',
    bySample: false,
  },
  png: {
    name: 'PNG',
    file: 'Chart (PNG)',
    about: 'The same as a picture at twice the size.',
    key: 'P',
    bySample: false,
  },
  html: {
    name: 'HTML',
    file: 'Report (HTML)',
    about: 'One self-contained page with charts and tables, to send to somebody.',
    key: 'H',
    bySample: false,
  },
} as const satisfies Record<string, ExportFormatRow>;
export type ExportFormat = keyof typeof EXPORT_FORMATS;
export const EXPORT_FORMAT_IDS = Object.keys(EXPORT_FORMATS) as ExportFormat[];
