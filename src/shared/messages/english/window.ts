/** What main itself shows: menus and boxes of the system's, and what stands for a process that has no page. */
export const WINDOW = {
  'process.browser-title': () => 'Windows, disk, supervision. Sends every ping and takes the time.',
  'process.shell-title': () => "The window's own page: charts, process map, tabs.",
  'menu.about': () => 'About Bulkhead',
  'menu.copy-chart': () => 'Copy the chart',
  'menu.copy-table': () => 'Copy the table',
  'menu.first-steps': () => 'First steps',
  'menu.forget-settings': () => 'Forget settings…',
  'menu.theme-system': () => "The system's",
  'menu.theme-light': () => 'Light',
  'menu.theme-dark': () => 'Dark',
  'menu.theme': () => 'Theme',
  'menu.glossary': () => 'Glossary',
  'menu.new-tab': () => 'New tab',
  'menu.close-tab': () => 'Close tab',
  'menu.switch-focus': () => 'Between page and window',
  'menu.pause': () => 'Pause the chart',
  /** In the menu an ellipsis follows: it asks for a path. */
  'menu.export-as': ({ name }: { name: string }) => `Export as ${name}…`,
  'dialog.export-as': ({ name }: { name: string }) => `Export as ${name}`,
  'dialog.save-as': ({ name }: { name: string }) => `Save as ${name}`,
  'dialog.open-results': () => 'Open results of benchmarks',
  'dialog.all-files': () => 'All files',
  'dialog.delete-result': ({ name }: { name: string }) => `Delete “${name}”?`,
  'dialog.delete-result-detail': () =>
    'It is deleted from the disk and can’t be had back. Copies that were saved elsewhere stay.',
  'dialog.distributions-folder': ({ count }: { count: number }) => `A folder for ${count} percentile distributions`,
  'window.lost': () => "The window's own page has ended three times within five minutes.",
  'window.lost-headless': () =>
    "The window's own page has ended three times within five minutes. Measuring goes on without it.",
  'window.lost-detail': () =>
    'Measuring goes on. If another try does not bring the page back, close Bulkhead and start it again: the process that starts pages may itself be gone.',
  'window.try-again': () => 'Try again',
  'window.close': () => 'Close Bulkhead',
  'export.wrote': ({ path }: { path: string }) => `Wrote ${path}`,
  'chart.latency-title': ({ date }: { date: string }) => `Bulkhead: round trip by channel, ${date}`,
  'chart.percentiles-title': ({ date }: { date: string }) => `Bulkhead: percentiles by channel, ${date}`,
};
