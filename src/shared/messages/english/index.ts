import { BENCH } from './bench';
import { CHANNELS } from './channels';
import { EVENTS } from './events';
import { EXPORTS } from './exports';
import { NOTICES } from './notices';
import { PLUGINS } from './plugins';
import { PROCESSES } from './processes';
import { SETTINGS } from './settings';
import { TABS } from './tabs';
import { TERMINATIONS } from './terminations';
import { TRANSPORTS } from './transports';

/** By area, for the test that no code is in two. */
export const AREAS = {
  BENCH,
  CHANNELS,
  EVENTS,
  EXPORTS,
  NOTICES,
  PLUGINS,
  PROCESSES,
  SETTINGS,
  TABS,
  TERMINATIONS,
  TRANSPORTS,
};

/** Every message in English: its code, and a function of its parameters. */
export const ENGLISH = {
  /** What somebody else said, such as the operating system, as it is. */
  verbatim: ({ text }: { text: string }) => text,
  /** Several messages, one behind the other. */
  sentences: ({ sentences }: { sentences: readonly string[] }) => sentences.join(' '),
  'request.refused': ({ request, cause }: { request: string; cause: string }) =>
    `The browser process refused “${request}”: ${cause}`,
  ...BENCH,
  ...CHANNELS,
  ...EVENTS,
  ...EXPORTS,
  ...NOTICES,
  ...PLUGINS,
  ...PROCESSES,
  ...SETTINGS,
  ...TABS,
  ...TERMINATIONS,
  ...TRANSPORTS,
};
