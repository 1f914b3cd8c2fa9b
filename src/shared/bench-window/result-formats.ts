interface ResultFormatRow {
  name: string;
  /** In the system's save dialog. */
  file: string;
  /** What is in it, a sentence. */
  about: string;
  /** It is a picture, which the window draws. */
  drawn: boolean;
  /** Where it isn't the id. */
  extension?: string;
}

/**
 * What a benchmark's result is saved as. Schemas and buttons come from these
 * rows; `src/main/bench-runs/result-files.ts` writes them.
 */
export const RESULT_FORMATS = {
  json: {
    name: 'JSON',
    file: 'Result (JSON)',
    about: 'The whole result, to be opened again and compared. Its schema is in the repository.',
    drawn: false,
  },
  csv: {
    name: 'CSV',
    file: 'Figures (CSV)',
    about: 'One row for each method and size, for a spreadsheet or a script.',
    drawn: false,
  },
  hgrm: {
    name: '.hgrm',
    file: 'Percentile distribution (HdrHistogram)',
    about: 'Percentile distributions for HdrHistogram’s plotter: one file for each method and size.',
    drawn: false,
  },
  html: {
    name: 'HTML',
    file: 'Report (HTML)',
    about: 'One self-contained page with answers, plots and tables, to send to somebody.',
    drawn: false,
  },
  trace: {
    name: 'Trace',
    extension: 'trace.json',
    file: 'Trace (JSON)',
    about:
      "The newest pings of each run as a timeline, for Perfetto's UI (ui.perfetto.dev). Of the newest benchmark of this session.",
    drawn: false,
  },
  svg: { name: 'SVG', file: 'Plot (SVG)', about: 'The plot or the stages as shown, as a drawing.', drawn: true },
  png: { name: 'PNG', file: 'Plot (PNG)', about: 'The same as a picture at twice the size.', drawn: true },
} as const satisfies Record<string, ResultFormatRow>;
export type ResultFormat = keyof typeof RESULT_FORMATS;
export const RESULT_FORMAT_IDS = Object.keys(RESULT_FORMATS) as ResultFormat[];

export type DrawnFormat = {
  [F in ResultFormat]: (typeof RESULT_FORMATS)[F]['drawn'] extends true ? F : never;
}[ResultFormat];
export type WrittenFormat = Exclude<ResultFormat, DrawnFormat>;
export const DRAWN_FORMATS = RESULT_FORMAT_IDS.filter((id): id is DrawnFormat => RESULT_FORMATS[id].drawn);
export const WRITTEN_FORMATS = RESULT_FORMAT_IDS.filter((id): id is WrittenFormat => !RESULT_FORMATS[id].drawn);

/** What its file's name ends with. */
export function extensionOf(format: ResultFormat): string {
  const row: ResultFormatRow = RESULT_FORMATS[format];
  return row.extension ?? format;
}
