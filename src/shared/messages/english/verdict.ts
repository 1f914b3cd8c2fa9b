import { formatCount, formatDelta, formatDuration, formatNumber, plural } from '../../format';

interface Seconds {
  seconds: number;
}

/** What the others noticed of a death or hang; statements have no full stop. */
export const VERDICT = {
  'verdict.losers': ({ losers }: { losers: ReadonlyArray<{ label: string; lost: number }> }) =>
    losers.map(({ label, lost }) => `${label} ${formatCount(lost)}`).join(', '),
  'verdict.watching': () => 'Watching the others',
  'verdict.so-far': ({ found }: { found: string }) => `${found} so far`,
  'verdict.nobody-noticed': () => 'Nobody noticed',
  'verdict.nobody-slower': () => 'Nobody slower',
  'verdict.usual': ({ compared }: { compared: string }) => `${compared}: no more change than usual`,
  'verdict.usual-no-loss': ({ compared }: { compared: string }) =>
    `${compared}: no ping lost, no more change than usual`,
  /** The worst one, and how many more. */
  'verdict.slower': (p: { label: string; percentile: string; changeNs: number; more: number }) =>
    `Slower: ${p.label}, ${p.percentile} ${formatDelta(p.changeNs)}${p.more === 0 ? '' : `, and ${p.more} more`}`,
  'verdict.slower-than-usual': ({ channels }: { channels: number }) =>
    `more than ${plural(channels, { one: 'it varies by itself', other: 'they vary by themselves' })}`,
  'verdict.not-measured': () => 'Not measured',
  'verdict.no-ping-lost': () => 'No ping lost',
  'verdict.not-compared': () => 'Speed not compared',
  'verdict.by': ({ survivors, why }: { survivors: string; why: string }) =>
    `by ${survivors}; speed not compared: ${why}`,
  'verdict.and': ({ found, why }: { found: string; why: string }) => `${found}; ${why}`,
  'verdict.of': ({ channels, survivors }: { channels: number; survivors: string }) => `${channels} of ${survivors}`,
  'verdict.survivors': ({ channels }: { channels: number }) =>
    channels === 0
      ? 'no other channel was measured'
      : `${channels} other ${plural(channels, { one: 'channel', other: 'channels' })}`,
  'verdict.survivors-and-losses': ({ survivors, losses }: { survivors: string; losses: string }) =>
    `${survivors}, ${losses}`,
  'verdict.pings-lost': ({ lost }: { lost: number }) =>
    `${formatCount(lost)} ${plural(lost, { one: 'ping', other: 'pings' })} lost`,
  'verdict.changes': ({ p50Ns, p99Ns }: { p50Ns: number; p99Ns: number | null }) =>
    `p50 ${formatDelta(p50Ns)}, p99 ${formatDelta(p99Ns)}`,
  'verdict.not-again': () => 'not measured again so far',
  'verdict.again': ({ afterNs }: { afterNs: number }) => `measured again after ${formatDuration(afterNs)}`,
  'verdict.start-request': ({ lateNs }: { lateNs: number }) =>
    `counted from when it was asked for, noticed ${formatDuration(lateNs)} later`,
  'verdict.start-heartbeat': ({ lateNs }: { lateNs: number }) =>
    `counted from its first unanswered heartbeat, noticed ${formatDuration(lateNs)} later`,
  'verdict.start-notice': () => 'counted from when it was noticed',

  'not-compared.watching': () => 'the window after is not over',
  'not-compared.own-incident': ({ seconds }: Seconds) =>
    `its own process died or hung within ${formatNumber(seconds)} s`,
  'not-compared.other-incident': ({ seconds }: Seconds) =>
    `another incident within ${formatNumber(2 * seconds)} s before or ${formatNumber(seconds)} s after`,
  'not-compared.launch': ({ seconds }: Seconds) => `a process was launched within ${formatNumber(seconds)} s`,
  'not-compared.settings-changed': ({ seconds }: Seconds) => `settings changed within ${formatNumber(seconds)} s`,
  'not-compared.few-pings': ({ pings }: { pings: number }) => `fewer than ${pings} pings answered before or after`,
  'not-compared.recording-ended': ({ seconds }: { seconds: number }) => `the recording ended within ${seconds} s`,
  'not-compared.short-history': ({ seconds }: Seconds) =>
    `less than ${formatNumber(seconds)} s without an incident so far`,

  'others.all-running': () => 'Every other compartment is running: look at the lines.',
  'others.some-not': ({ dead, hung }: { dead: readonly string[]; hung: readonly string[] }) => {
    const parts = [
      ...(dead.length === 0
        ? []
        : [`${dead.join(', ')} ${plural(dead.length, { one: 'is', other: 'are' })} dead as well`]),
      ...(hung.length === 0
        ? []
        : [`${hung.join(', ')} ${plural(hung.length, { one: 'does', other: 'do' })} not answer`]),
    ];
    return `Of the others, ${parts.join('; ')}. The rest is running: look at the lines.`;
  },
};
