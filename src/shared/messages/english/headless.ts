import { formatSeconds } from '../../format';

/** The live table in the terminal. */
export const HEADLESS = {
  'headless.began': (p: { bulkhead: string; electron: string; origin: string; os: string; cores: number }) =>
    `Bulkhead ${p.bulkhead}, Electron ${p.electron} (${p.origin}), ${p.os}, ${p.cores} cores`,
  'headless.note': ({ note }: { note: string }) => `Note: ${note}`,
  'headless.ends-by-hand': () => 'Ctrl+C ends it and writes the exports.',
  'headless.ends-after': ({ durationMs }: { durationMs: number }) =>
    `Ends after ${formatSeconds(durationMs)}; Ctrl+C ends it sooner.`,
  'headless.incident': ({ name, how }: { name: string; how: string }) => `Last incident: ${name} ${how}.`,
  'headless.given-up': ({ name, deaths, how }: { name: string; deaths: number; how: string }) =>
    `${name} was given up after ${deaths} deaths; the last: ${how}.`,
  'headless.unavailable': ({ reason }: { reason: string }) => `unavailable: ${reason}`,
};
