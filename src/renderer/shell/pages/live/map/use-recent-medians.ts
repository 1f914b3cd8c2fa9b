import { useEffect, useState } from 'react';
import { liveSeries } from '../series/live-series';
import { useShell } from '../../../store/shell-store';

const SPAN_NS = 2e9;

/**
 * The median round trip of each channel's last two seconds, nanoseconds, read twice a second; null when silent. The list
 * of ids keeps its identity while it is the same.
 */
export function useRecentMedians(channelIds: readonly string[]): ReadonlyArray<number | null> {
  const timing = useShell((s) => s.timing);
  const [medians, setMedians] = useState<ReadonlyArray<number | null>>([]);
  useEffect(() => {
    const read = (): void => setMedians(channelIds.map((id) => liveSeries.recentMedianNs(id, SPAN_NS, timing)));
    read();
    return liveSeries.onBeat(read);
  }, [channelIds, timing]);
  return medians;
}
