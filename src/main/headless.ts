import { formatBytes, formatCount, microsDigits } from '../shared/format';
import { shownPercentile } from '../shared/measure/percentile-samples';
import { render, words } from '../shared/messages/message';
import { howItEnded } from '../shared/process-state';
import { endIncidents } from '../shared/recording/end-incidents';
import type { ChannelView, Environment, Notice } from '../shared/snapshot';
import { TRANSPORTS } from '../shared/transport-catalog';
import { statements } from '../shared/verdict-text';
import type { Laboratory } from './laboratory';
import type { Options } from './options';
import type { StandardOutput } from './standard-output';

const REDRAW_MS = 500;
/** Without a terminal the table is printed now and then instead of redrawn. */
const REPRINT_MS = 5000;

export interface HeadlessServices {
  laboratory: Laboratory;
  environment: Environment;
  notices: Notice[];
  options: Options;
  output: StandardOutput;
}

/**
 * The live table in the terminal, for machines without a display. Everything else is as with a window. The function
 * that it gives ends the table, with its last figures standing.
 */
export function runHeadless({ laboratory, environment, notices, options, output }: HeadlessServices): () => void {
  const terminal = output.isTerminal;
  const began = performance.now();
  output.write(
    `${words('headless.began', {
      bulkhead: environment.bulkhead,
      electron: environment.electron,
      origin: environment.runtimeOrigin,
      os: environment.os,
      cores: environment.cores,
    })}\n`,
  );
  for (const notice of notices) output.write(`${words('headless.note', { note: notice.text })}\n`);
  output.write(
    options.durationS === null
      ? `${words('headless.ends-by-hand')}\n\n`
      : `${words('headless.ends-after', { durationMs: options.durationS * 1000 })}\n\n`,
  );
  laboratory.events.onAdded((event) => {
    if (!terminal && event.kind !== 'launched')
      output.write(`${(event.tNs / 1e9).toFixed(1)} s  ${render(event.label)}: ${render(event.detail)}\n`);
  });
  let drawnLines = 0;
  const frame = (ended = false) => {
    // A line that wraps would be two on the screen, and the next table would not cover it.
    const lines = table(laboratory, (performance.now() - began) / 1000, ended).map((line) =>
      line.slice(0, output.columns),
    );
    // Up over the last table, then clear to the end of the screen: no flicker, and the lines above stay.
    const text = `${terminal && drawnLines > 0 ? `\u001b[${drawnLines}A\u001b[J` : ''}${lines.join('\n')}\n`;
    return { text, height: lines.length };
  };
  const timer = setInterval(
    () => {
      const { text, height } = frame();
      if (output.writeFrame(text)) drawnLines = height;
    },
    terminal ? REDRAW_MS : REPRINT_MS,
  );
  return () => {
    clearInterval(timer);
    output.write(frame(true).text);
  };
}

function table(laboratory: Laboratory, elapsedS: number, ended: boolean): string[] {
  laboratory.bringUpToDate();
  const { ratePerSecond, payloadBytes } = laboratory.settings;
  const lines = [
    `${elapsedS.toFixed(1)} s, ${ratePerSecond} pings/s per channel, ${formatBytes(payloadBytes)} payload. Round trip in µs over the last 30 s:`,
  ];
  lines.push(
    row('process', 'pid', 'transport', 'thread', ['p50', 'p90', 'p99', 'p99.9', 'max', 'answered', 'lost', 'skipped']),
  );
  for (const host of laboratory.hosts) {
    const alive = host.view().pid;
    for (const channel of host.channels.filter(({ everEnabled }) => everEnabled))
      lines.push(channelRow(host.name, alive, channel.view()));
  }
  laboratory.incidents.update(laboratory.settings.timeoutMs);
  const latest = laboratory.incidents.all.slice(-1);
  const [last] = ended ? endIncidents(latest) : latest;
  if (last !== undefined) {
    lines.push(words('headless.incident', { name: last.processName, how: last.how }));
    for (const { headline, detail } of statements(last)) lines.push(`  ${headline}: ${detail}.`);
  }
  for (const host of laboratory.hosts) {
    if (host.state.kind === 'given-up')
      lines.push(
        words('headless.given-up', {
          name: host.name,
          deaths: host.state.crashes,
          how: howItEnded(host.state.termination),
        }),
      );
  }
  return lines;
}

function channelRow(name: string, pid: number | null, channel: ChannelView): string {
  const { fromSent, totals } = channel.stats;
  if (channel.status.kind === 'unavailable')
    return `${name.padEnd(14)} ${''.padStart(8)}  ${TRANSPORTS[channel.transport].title.padEnd(14)} ${words('headless.unavailable', { reason: channel.status.reason })}`;
  const figures = (['p50', 'p90', 'p99', 'p999', 'max'] as const).map((key) =>
    microsDigits(shownPercentile(fromSent, key)),
  );
  return row(name, pid === null ? '–' : String(pid), TRANSPORTS[channel.transport].title, channel.thread, [
    ...figures,
    formatCount(totals.answered),
    formatCount(totals.lost),
    formatCount(totals.skipped),
  ]);
}

function row(name: string, pid: string, transport: string, thread: string, figures: string[]): string {
  return `${name.padEnd(14)} ${pid.padStart(8)}  ${transport.padEnd(14)} ${thread.padEnd(6)}${figures.map((figure) => figure.padStart(9)).join('')}`;
}
