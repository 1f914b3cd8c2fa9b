import { formatElapsed, formatNumber, formatSeconds } from '../../format';

interface Named {
  name: string;
}

/** What happened: short labels of markers, and the sentences behind them. */
export const EVENTS = {
  'event.launched': ({ name }: Named) => `${name} launched`,
  'event.restarted': ({ name }: Named) => `${name} restarted`,
  'event.pid': ({ pid }: { pid: number | null }) => `pid ${pid ?? '–'}`,
  /** `how`: how it ended. */
  'event.ended': ({ name, how }: Named & { how: string }) => `${name} ${how}`,
  'event.lived': ({ pid, uptimeMs }: { pid: number | null; uptimeMs: number }) =>
    `pid ${pid ?? '–'}, after ${formatElapsed(uptimeMs)}`,
  'event.hung': ({ name }: Named) => `${name} hung`,
  'event.hang-asked': ({ durationMs }: { durationMs: number }) =>
    `A busy loop of ${formatSeconds(durationMs)} was asked for.`,
  'event.unresponsive': ({ name }: Named) => `${name} unresponsive`,
  'event.stopped-answering': () => 'It has stopped answering.',
  'event.answers-again': ({ name }: Named) => `${name} answers again`,
  'event.silent-for': ({ silentMs }: { silentMs: number }) => `After ${formatElapsed(silentMs)}.`,
  'event.given-up': ({ name }: Named) => `${name} given up`,
  'event.crashes': ({ crashes, withinMs }: { crashes: number; withinMs: number }) =>
    `${crashes} crashes in ${formatNumber(withinMs / 60_000)} minutes. Restart it from the process map.`,
  'event.window-given-up': () => 'Window given up',
  'event.deaths': ({ deaths, withinMs }: { deaths: number; withinMs: number }) =>
    `${deaths} deaths in ${formatNumber(withinMs / 60_000)} minutes.`,
  'event.stalled': ({ durationMs }: { durationMs: number }) => `browser stalled ${Math.round(durationMs)} ms`,
  'event.stall': () =>
    'The browser process was held up: its lateness is in the figures from intended time of every channel that its main thread measures.',
  'event.thread-stalled': ({ durationMs }: { durationMs: number }) =>
    `measuring thread stalled ${Math.round(durationMs)} ms`,
  'event.thread-stall': () =>
    'The thread that measures over kernel transports was held up: its lateness is in the figures from intended time of every channel of its own.',
  'event.settings-changed': () => 'settings changed',
  'event.settings': (p: {
    ratePerSecond: number;
    payloadBytes: number;
    timeoutMs: number;
    stages?: boolean | undefined;
  }) =>
    `${p.ratePerSecond} pings/s, ${p.payloadBytes} B, time limit ${p.timeoutMs} ms${p.stages ? ', with stages' : ''}`,
  'event.directory-renewed': () => 'run directory made anew',
  'event.directory-new': ({ path }: { path: string }) =>
    `Somebody removed it with the sockets and pipes of this run. The new one is ${path}; what has a name there was opened again.`,
  'event.directory-removed': () => 'run directory removed',
  'event.benchmark-began': () => 'benchmark began',
  'event.benchmark-live-rests': ({ methods }: { methods: readonly string[] }) =>
    `${methods.join(', ')}. The live channels rest meanwhile.`,
  'event.benchmark-live-goes-on': ({ methods }: { methods: readonly string[] }) =>
    `${methods.join(', ')}. The live channels go on meanwhile, as it was asked for.`,
  'event.benchmark-ended': () => 'benchmark ended',
  'event.benchmark-stopped': () => 'It was stopped before its end.',
  'event.benchmark-complete': () => 'It came to its end.',
  /** How a hang reads in a verdict; the name stands before it. */
  'incident.hung': () => 'stopped answering',
};
