import { escape, rawTable, REPORT_STYLE, reportPage, table } from '../report-page';
import { deltaDigits, formatBytes, formatCount, formatDuration, microsDigits } from '../format';
import { shownPercentile } from '../measure/percentile-samples';
import { TRANSPORTS } from '../transport-catalog';
import { changeNs, medianChangeNs, notComparedText, startText, statements } from '../verdict-text';
import type { CutChannel, CutRecording } from './cut';
import type { RecordedEvent, RecordedIncident } from './told';

/** SVG documents of the charts, drawn by the shell. */
export interface ReportCharts {
  latency: string;
  percentiles: string;
}

/** The recording as one page for a person: charts, tables, verdicts. Asks the network for nothing. */
export function htmlReport(recording: CutRecording, charts: ReportCharts): string {
  const { environment: env, settings } = recording;
  const title = `Bulkhead recording, ${recording.beganAt.replace('T', ' ').slice(0, 19)} UTC`;
  return reportPage({
    title,
    summary: `${formatDuration(recording.endedAtNs)} of measuring: ${formatCount(recording.channels.length)} channels, ${settings.ratePerSecond} pings/s each, ${formatBytes(settings.payloadBytes)} of payload, time limit ${settings.timeoutMs} ms.`,
    style: STYLE,
    body: `<section aria-labelledby="h-latency"><h2 id="h-latency">Round trip over time</h2><figure>${inlineSvg(charts.latency)}</figure></section>
<section aria-labelledby="h-percentiles"><h2 id="h-percentiles">Percentiles, last 30 s</h2><figure>${inlineSvg(charts.percentiles)}</figure></section>
<section aria-labelledby="h-table"><h2 id="h-table">Round trip by channel, whole recording</h2>
${channelTable(recording.channels)}
<p class="note">From the actual send, and below it from the intended send, which also counts the time that a ping waited for the sender. Exact percentiles (nearest rank) of all samples in the recording.</p></section>
<section aria-labelledby="h-incidents"><h2 id="h-incidents">Incidents</h2>${incidentTable(recording.incidents, recording.events)}</section>
<section aria-labelledby="h-events"><h2 id="h-events">Events</h2>
${table(
  ['No.', 'Time (s)', 'Event', 'Detail'],
  recording.events.map((event) => [String(event.id), seconds(event.tNs), event.label, event.detail]),
  4,
)}</section>
<section aria-labelledby="h-env"><h2 id="h-env">Measured on</h2>
${table(
  ['What', 'Which'],
  [
    ['Bulkhead', env.bulkhead],
    ['Electron', `${env.electron} (${env.runtimeOrigin}): ${env.runtimeDetail}`],
    ['Chrome', env.chrome],
    ['Node', env.node],
    ['V8', env.v8],
    ['Operating system', env.os],
    ['Processor', `${env.cpu}, ${env.cores} cores`],
    ['Memory', formatBytes(env.memoryBytes)],
    ['Chromium sandbox', env.sandboxed ? 'on' : 'off (run as root)'],
    ['Display', env.headless ? 'headless' : 'window'],
  ],
  0,
)}</section>`,
  });
}

function channelTable(channels: CutChannel[]): string {
  const head = [
    'Channel',
    'Transport',
    'p50 (µs)',
    'p90 (µs)',
    'p99 (µs)',
    'p99.9 (µs)',
    'max (µs)',
    'Answered',
    'Lost',
    'Skipped',
    'Omitted',
  ];
  const rows = channels.map((channel) => {
    const figures = (['p50', 'p90', 'p99', 'p999', 'max'] as const).map(
      (key) =>
        `${microsDigits(shownPercentile(channel.fromSent, key))}<small>${microsDigits(shownPercentile(channel.fromIntended, key))}</small>`,
    );
    const { answered, lost, skipped } = channel.totals;
    return [
      escape(channel.process.name),
      escape(TRANSPORTS[channel.transport].title),
      ...figures,
      ...[answered, lost, skipped, channel.samplesOmitted].map(formatCount),
    ];
  });
  return rawTable(head, rows, 2);
}

function incidentTable(incidents: readonly RecordedIncident[], events: readonly RecordedEvent[]): string {
  if (incidents.length === 0) return '<p>None: every process lived.</p>';
  const rows = incidents.map((incident) => [
    String(incident.eventId),
    `${seconds(incident.noticedNs)}<small>began at ${seconds(incident.atNs)}</small>`,
    `${escape(incident.processName)} ${escape(incident.how)}<small>${escape(startText(incident))}</small>${lastWords(incident, events)}`,
    statements(incident)
      .map(
        ({ kind, headline, detail }) =>
          `<p class="s ${kind}"><strong>${escape(headline)}</strong> ${escape(detail)}</p>`,
      )
      .join(''),
    formatCount(incident.survivorsLost),
    deltaDigits(medianChangeNs(incident, 'p50')),
    deltaDigits(medianChangeNs(incident, 'p99')),
    incident.measuredAgainAfterNs === null
      ? 'not in this recording'
      : escape(formatDuration(incident.measuredAgainAfterNs)),
  ]);
  return `${rawTable(['No.', 'Time (s)', 'What', 'The others', 'They lost', 'Their p50 (µs)', 'Their p99 (µs)', 'Measured again after'], rows, 4)}
<p class="note">Number and time are those of its event below and of its marker in the chart. Their p50 and p99: the median over the other channels of each one's own change from the 5 s before to the 5 s after. “Slower” is what rose by more than the channel varies without an incident.</p>
${incidents.map(survivorTable).join('\n')}`;
}

/** Of the recording. */
function seconds(ns: number): string {
  return (ns / 1e9).toFixed(3);
}

function lastWords({ eventId }: RecordedIncident, events: readonly RecordedEvent[]): string {
  const lines = events.find(({ id }) => id === eventId)?.termination?.lastWords;
  return lines === undefined
    ? ''
    : `<details><summary>what it wrote last</summary><pre>${escape(lines.join('\n'))}</pre></details>`;
}

function survivorTable({ processName, how, survivors }: RecordedIncident): string {
  if (survivors.length === 0) return '';
  const rows = survivors.map((survivor) => {
    const { comparison } = survivor;
    const limits = comparison.kind === 'compared' ? [comparison.p50LimitNs, comparison.p99LimitNs] : [null, null];
    return [
      survivor.label,
      comparison.kind === 'compared' ? '' : `not compared: ${notComparedText(comparison.reason)}`,
      formatCount(survivor.lost),
      formatCount(survivor.answeredBefore),
      formatCount(survivor.answeredAfter),
      microsDigits(survivor.p50BeforeNs),
      deltaDigits(changeNs(survivor, 'p50')),
      deltaDigits(limits[0] ?? null),
      microsDigits(survivor.p99BeforeNs),
      deltaDigits(changeNs(survivor, 'p99')),
      deltaDigits(limits[1] ?? null),
    ];
  });
  const head = ['Channel', '', 'Lost', 'Answered before', 'after']
    .concat(['p50 before (µs)', 'change (µs)', 'slower from (µs)'])
    .concat(['p99 before (µs)', 'change (µs)', 'slower from (µs)']);
  return `<details><summary>${escape(processName)} ${escape(how)}, channel by channel</summary>${table(head, rows, 2)}</details>`;
}

/** An SVG document inside HTML does without its XML declaration. */
function inlineSvg(svg: string): string {
  return svg.replace(/^\s*<\?xml[^>]*\?>\s*/, '');
}

const STYLE = `${REPORT_STYLE}
figure svg{display:block;width:100%;height:auto}
.s{margin:0 0 4px;padding:2px 8px;border:1px solid transparent;border-radius:8px}
.steady{background:#b4e3f0;color:#00566b}
.slowed{background:#ffe4bf;color:#7d4100;border-color:#7d4100}
.not-measured{border:1px dashed #8a99a5;color:#55636f}
.watching{color:#55636f}
.lost{background:#b3261e;color:#fff}
details{margin:8px 0}summary{cursor:pointer}
`;
