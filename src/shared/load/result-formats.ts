/** What the result of a load is saved as. `load:save` and the menu of the page come from these rows. */
export const LOAD_FORMATS = {
  json: { title: 'JSON', extension: 'json', about: 'All figures, for other programs' },
  csv: {
    title: "CSV like Locust's",
    extension: 'csv',
    about: 'Statistics, history and failures, in files of one folder',
  },
  html: { title: 'HTML report', extension: 'html', about: 'One page with tables and charts' },
} as const;
export type LoadFormat = keyof typeof LOAD_FORMATS;
export const LOAD_FORMAT_IDS = Object.keys(LOAD_FORMATS) as [LoadFormat, ...LoadFormat[]];
