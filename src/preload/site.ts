import { ipcRenderer } from 'electron';
import { EstimatedClock } from '../shared/clock';
import type { FromChild, ToChild } from '../shared/control';
import { FAULTS } from '../shared/faults';
import { SITE_CONTROL_CHANNEL, SITE_HELLO_CHANNEL } from '../shared/ipc-channels';
import { type FarEnd, openFarEnd } from './far-end';

/**
 * The far end of a renderer, in the isolated world of every page of a site. It answers pings and control messages and
 * exposes nothing to the page. Pings are not timed here: a page's clock is coarse, and of the shared one it has only an
 * estimate. Where a ping asks for stamps it says how far that may be off.
 */

interface Opened {
  opening: number;
  farEnd: FarEnd | null;
  rejected: number;
}

const channels = new Map<string, Opened>();

/** How far `performance.now()` may be from the truth: Chromium rounds it so far, up or down. */
const clock = new EstimatedClock(() => performance.now() * 1e6, crossOriginIsolated ? 5e3 : 100e3);
/** The last beat that was answered, and when, by the own clock. */
let answered = { beat: 0, ownNs: 0 };

ipcRenderer.once(SITE_CONTROL_CHANNEL, (event) => {
  const control = event.ports[0];
  if (control === undefined) return;
  const tell = (message: FromChild) => control.postMessage(message);
  control.onmessage = ({ data, ports }) => {
    const message = data as ToChild;
    switch (message.kind) {
      case 'open':
        tell(open(message, ports[0]));
        break;
      case 'close':
        close(message.channelId);
        break;
      case 'heartbeat':
        clock.received(message.sentNs);
        if (message.heard?.beat === answered.beat) clock.delivered(answered.ownNs, message.heard.atNs);
        answered = { beat: message.beat, ownNs: clock.own() };
        tell({
          kind: 'heartbeat',
          beat: message.beat,
          clock: clock.read(),
          rejected: [...channels].map(([channelId, { opening, rejected }]) => ({
            channelId,
            opening,
            count: rejected,
          })),
        });
        break;
      case 'fault':
        FAULTS[message.fault](message.durationMs);
        break;
      case 'figures':
        if (location.protocol === 'bulkhead:')
          show({ pid: String(message.pid), site: message.site, 'round-trip': message.p50 });
        break;
      // A renderer is crashed and ended from outside.
      case 'crash':
      case 'shutdown':
        break;
    }
  };
  tell({ kind: 'ready' });
});
ipcRenderer.send(SITE_HELLO_CHANNEL);

function open(
  { channelId, opening, ticket }: Extract<ToChild, { kind: 'open' }>,
  port: MessagePort | undefined,
): FromChild {
  close(channelId);
  const opened: Opened = { opening, farEnd: null, rejected: 0 };
  try {
    const reject = () => {
      opened.rejected += 1;
    };
    opened.farEnd = openFarEnd(ticket, port, reject, () => clock.read());
    channels.set(channelId, opened);
    return { kind: 'opened', channelId, opening };
  } catch (error) {
    return { kind: 'open-failed', channelId, opening, reason: (error as Error).message };
  }
}

function close(channelId: string): void {
  channels.get(channelId)?.farEnd?.close();
  channels.delete(channelId);
}

function show(figures: Record<string, string>): void {
  for (const [name, text] of Object.entries(figures)) {
    const element = document.querySelector(`[data-bulkhead="${name}"]`);
    if (element !== null && element.textContent !== text) element.textContent = text;
  }
}
