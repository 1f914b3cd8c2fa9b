import { formatSeconds } from '../../format';

/** Why a channel waits, rests or can't be had. */
export const CHANNELS = {
  'channel.unknown': ({ id }: { id: string }) => `There is no channel ${id}. It may have gone with its process.`,
  'channel.not-started': () => 'The process has not started yet.',
  'channel.not-running': () => 'The process is not running.',
  'channel.process-closed': () => 'The process was closed.',
  'channel.page-loading': () => 'The page is loading.',
  'channel.closing': () => 'Bulkhead is closing.',
  'channel.benchmark': () => 'A benchmark is running.',
  'channel.broken': ({ cause }: { cause: string }) => `The channel was closed: ${cause}.`,
  'channel.not-opened': ({ limitMs, againMs }: { limitMs: number; againMs: number }) =>
    `The process did not open its end within ${formatSeconds(limitMs)}. It is asked again in ${formatSeconds(againMs)}.`,
  'channel.failed': ({ cause }: { cause: string }) => `${cause} Switch the channel off and on to try again.`,
};
