import { useEffect, useState } from 'react';
import { liveSeries } from '../series/live-series';
import { useShell } from '../../../store/shell-store';

const SPAN_NS = 2e9;

/** The median round trip of a channel's last two seconds, nanoseconds, read twice a second; null when silent. */
export function useRecentMedian(channelId: string | null): number | null {
  const timing = useShell((s) => s.timing);
  const [median, setMedian] = useState<number | null>(null);
  useEffect(() => {
    const read = (): void =>
      setMedian(channelId === null ? null : liveSeries.recentMedianNs(channelId, SPAN_NS, timing));
    read();
    return liveSeries.onBeat(read);
  }, [channelId, timing]);
  return median;
}
