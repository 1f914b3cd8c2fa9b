import { render } from '../../../../../shared/messages/message';
import type { ChannelView } from '../../../../../shared/snapshot';
import { messageOf, request } from '../../../bridge';
import { useShell } from '../../../store/shell-store';
import { allChannels } from '../series/charted-channels';
import { liveSeries } from '../series/live-series';
import { foldStretch, type StretchFigures, stretchBucketNs } from '../series/stretch';

/** Shorter than this there is hardly a ping. */
const LEAST_NS = 20e6;

let latest = 0;

/** Shows what was measured between two times of the recording, in either order. Live goes on behind it. */
export async function zoomTo(oneNs: number, otherNs: number): Promise<void> {
  latest += 1;
  const turn = latest;
  const { say, showStretch } = useShell.getState();
  const toNs = Math.round(Math.min(Math.max(oneNs, otherNs, LEAST_NS), liveSeries.nowNs));
  const fromNs = Math.round(Math.max(0, Math.min(oneNs, otherNs, toNs - LEAST_NS)));
  const marginNs = 2 * stretchBucketNs(toNs - fromNs);
  try {
    const outcome = await request('samples:read', Math.max(0, fromNs - marginNs), toNs + marginNs);
    if (turn !== latest) return;
    if (!outcome.ok) return say('bad', render(outcome.message));
    const series = foldStretch(fromNs, toNs, outcome.batches);
    const { snapshot } = useShell.getState();
    const channels = (snapshot === null ? [] : allChannels(snapshot)).flatMap((channel) => {
      const figures = series.figures.get(channel.id);
      return figures === undefined ? [] : [withFigures(channel, figures, toNs - fromNs)];
    });
    if (channels.length === 0) return say('bad', 'No ping was sent in that stretch of time. Choose another one.');
    showStretch({ ...series, channels });
  } catch (error) {
    say('bad', `The stretch could not be read: ${messageOf(error)}`);
  }
}

/** The same channel, with what its pings of the stretch came to. */
function withFigures<C extends ChannelView>(
  channel: C,
  { fromSent, fromIntended, sent, answered, lost }: StretchFigures,
  spanNs: number,
): C {
  return {
    ...channel,
    stats: {
      fromSent,
      fromIntended,
      totals: { ...channel.stats.totals, sent, answered, lost },
      answeredPerSecond: answered / (spanNs / 1e9),
    },
  };
}
