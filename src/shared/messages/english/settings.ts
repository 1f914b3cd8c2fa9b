import { formatNumber } from '../../format';

/** What is remembered, and what a person looks closer at. */
export const SETTINGS = {
  'settings.put-aside': ({ aside }: { aside: string }) =>
    `The remembered settings could not be read, so everything is as at first. Their file is kept as ${aside}; delete it if you don't need it.`,
  'settings.unreadable': ({ path }: { path: string }) =>
    `The remembered settings could not be read, so everything is as at first. Look at ${path}, or choose “Forget settings” in the File menu.`,
  'settings.not-written': ({ failure }: { failure: string }) => `Settings are not remembered: ${failure}`,
  'settings.forget': () => 'Forget settings',
  'settings.forget-question': () => 'Put all settings back to what they were at first?',
  'settings.forget-detail': () =>
    'View, theme, charts, rate, payload and time limit, switched channels, the form of the benchmark, and place, size and zoom of the window. Results of benchmarks stay, and so does the recording.',
  'samples.too-many': ({ most }: { most: number }) =>
    `More than ${formatNumber(most)} pings were sent then. Choose a shorter stretch.`,
};
