import { useEffect, useState } from 'react';
import type { AnatomyStretch, AnatomyView, PingChoice } from '../../../../../shared/anatomy-view';
import { render } from '../../../../../shared/messages/message';
import { messageOf, request } from '../../../bridge';

/** While it is open: pings come and go, so it is read anew. */
const REFRESH_MS = 1000;

export type AnatomyState =
  | { kind: 'reading' }
  | { kind: 'read'; view: AnatomyView }
  /** In words. */
  | { kind: 'failed'; why: string };

/** The anatomy of a channel, read anew once a second while its time moves on. What was read last stays until then. */
export function useAnatomy(channelId: string, stretch: AnatomyStretch, choice: PingChoice | null): AnatomyState {
  const [state, setState] = useState<AnatomyState>({ kind: 'reading' });
  const { fromNs, toNs } = stretch ?? { fromNs: null, toNs: null };
  useEffect(() => {
    let over = false;
    // Chosen once: the slowest of now stays shown when a slower one comes.
    let chosen = choice;
    const read = async (): Promise<void> => {
      try {
        const time = fromNs === null || toNs === null ? null : { fromNs, toNs };
        const outcome = await request('anatomy:read', channelId, time, chosen);
        if (over) return;
        if (outcome.ok && outcome.view.ping !== null) chosen = { kind: 'this', sequence: outcome.view.ping.sequence };
        setState(outcome.ok ? { kind: 'read', view: outcome.view } : { kind: 'failed', why: render(outcome.message) });
      } catch (error) {
        if (!over) setState({ kind: 'failed', why: messageOf(error) });
      }
    };
    void read();
    const timer = fromNs === null ? setInterval(() => void read(), REFRESH_MS) : null;
    return () => {
      over = true;
      if (timer !== null) clearInterval(timer);
    };
  }, [channelId, fromNs, toNs, choice]);
  return state;
}
