import { ANATOMY } from './anatomy';
import { ANSWERS } from './answers';
import { BENCH } from './bench';
import { BENCHMARK } from './benchmark';
import { CHANNELS } from './channels';
import { COMPARISON } from './comparison';
import { EVENTS } from './events';
import { EXPORTS } from './exports';
import { HEADLESS } from './headless';
import { LOAD } from './load';
import { NOTICES } from './notices';
import { PLUGINS } from './plugins';
import { PROCESSES } from './processes';
import { ROUTES } from './routes';
import { START } from './start';
import { SETTINGS } from './settings';
import { TABS } from './tabs';
import { TERMINATIONS } from './terminations';
import { TRACE } from './trace';
import { TRANSPORTS } from './transports';
import { VERDICT } from './verdict';
import { WINDOW } from './window';

/** By area, for the test that no code is in two. */
export const AREAS = {
  ANATOMY,
  ANSWERS,
  BENCH,
  BENCHMARK,
  CHANNELS,
  COMPARISON,
  EVENTS,
  EXPORTS,
  HEADLESS,
  LOAD,
  NOTICES,
  PLUGINS,
  PROCESSES,
  ROUTES,
  START,
  SETTINGS,
  TABS,
  TERMINATIONS,
  TRACE,
  TRANSPORTS,
  VERDICT,
  WINDOW,
};

/** Every message in English: its code, and a function of its parameters. */
export const ENGLISH = {
  /** What somebody else said, such as the operating system, as it is. */
  verbatim: ({ text }: { text: string }) => text,
  /** Several messages, one behind the other. */
  sentences: ({ sentences }: { sentences: readonly string[] }) => sentences.join(' '),
  'request.refused': ({ request, cause }: { request: string; cause: string }) =>
    `The browser process refused “${request}”: ${cause}`,
  ...ANATOMY,
  ...ANSWERS,
  ...BENCH,
  ...BENCHMARK,
  ...CHANNELS,
  ...COMPARISON,
  ...EVENTS,
  ...EXPORTS,
  ...HEADLESS,
  ...LOAD,
  ...NOTICES,
  ...PLUGINS,
  ...PROCESSES,
  ...ROUTES,
  ...START,
  ...SETTINGS,
  ...TABS,
  ...TERMINATIONS,
  ...TRACE,
  ...TRANSPORTS,
  ...VERDICT,
  ...WINDOW,
};
