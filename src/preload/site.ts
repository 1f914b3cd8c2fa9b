import { ipcRenderer } from 'electron';
import type { FromChild, Ticket, ToChild } from '../shared/control';
import { SITE_CONTROL_CHANNEL, SITE_HELLO_CHANNEL } from '../shared/ipc-channels';
import { type FarEnd, openFarEnd } from './far-end';

/**
 * The far end of a renderer, in the isolated world of every page of a site. It answers pings and control messages and
 * exposes nothing to the page. It never takes the time: a renderer's clock is too coarse.
 */

const channels = new Map<string, FarEnd>();
const rejected = new Map<string, number>();

ipcRenderer.once(SITE_CONTROL_CHANNEL, (event) => {
  const control = event.ports[0];
  if (control === undefined) return;
  const tell = (message: FromChild) => control.postMessage(message);
  control.onmessage = ({ data, ports }) => {
    const message = data as ToChild;
    switch (message.kind) {
      case 'open':
        tell(open(message.channelId, message.ticket, ports[0]));
        break;
      case 'close':
        channels.get(message.channelId)?.close();
        channels.delete(message.channelId);
        rejected.delete(message.channelId);
        break;
      case 'heartbeat':
        tell({ kind: 'heartbeat', beat: message.beat, rejected: Object.fromEntries(rejected) });
        break;
      case 'hang':
        hang(message.durationMs);
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

function open(channelId: string, ticket: Ticket, port: MessagePort | undefined): FromChild {
  channels.get(channelId)?.close();
  channels.delete(channelId);
  rejected.set(channelId, 0);
  try {
    channels.set(
      channelId,
      openFarEnd(ticket, port, () => rejected.set(channelId, (rejected.get(channelId) ?? 0) + 1)),
    );
    return { kind: 'opened', channelId };
  } catch (error) {
    return { kind: 'open-failed', channelId, reason: (error as Error).message };
  }
}

function hang(durationMs: number): void {
  const until = performance.now() + durationMs;
  while (performance.now() < until);
}

function show(figures: Record<string, string>): void {
  for (const [name, text] of Object.entries(figures)) {
    const element = document.querySelector(`[data-bulkhead="${name}"]`);
    if (element !== null && element.textContent !== text) element.textContent = text;
  }
}
