interface PageInfo {
  /** In the menu. */
  title: string;
  /** In the switch at the top of the window. */
  short: string;
  /** What it is for, one line. */
  about: string;
  /** With Ctrl, or Cmd on macOS. */
  key: string;
}

/** The pages of the window, in order. Menu, shortcuts and switch come from these rows; `pages/pages.tsx` draws them. */
export const PAGES = {
  live: { title: 'Live view', short: 'Live', about: 'Processes and channels, measured all the time', key: '1' },
  bench: { title: 'Benchmark', short: 'Benchmark', about: 'What each path costs when nothing else runs', key: '2' },
  load: {
    title: 'Load',
    short: 'Load',
    about: 'A load of messages over real messaging systems, and what each kept',
    key: '3',
  },
} as const satisfies Record<string, PageInfo>;
export type PageId = keyof typeof PAGES;
export const PAGE_IDS = Object.keys(PAGES) as PageId[];
