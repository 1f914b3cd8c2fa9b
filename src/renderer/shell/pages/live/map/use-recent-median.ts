import { useEffect, useState } from 'react';
import { liveSeries } from '../series/live-series';
import { useShell } from '../../../store/shell-store';

const SPAN_NS = 2e9;
const EVERY_MS = 500;

/** The median round trip of a channel's last two seconds, nanoseconds, read twice a second; null when silent. */
export function useRecentMedian(channelId: string | null): number | null {
  const timing = useShell((s) => s.timing);
  const [median, setMedian] = useState<number | null>(null);
  useEffect(() => {
    const read = (): void =>
      setMedian(channelId === null ? null : liveSeries.recentMedianNs(channelId, SPAN_NS, timing));
    read();
    return everyHalfSecond(read);
  }, [channelId, timing]);
  return median;
}

const readers = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** One timer for all: what they set then is one render and one layout, not one for each. Returns the unsubscribe. */
function everyHalfSecond(read: () => void): () => void {
  readers.add(read);
  timer ??= setInterval(() => {
    for (const each of readers) each();
  }, EVERY_MS);
  return () => {
    readers.delete(read);
    if (readers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}
