import { readFileSync } from 'node:fs';
import { FRAME_HEADER_BYTES, turnIntoPong } from '../../shared/frame';
import { type Availability, TRANSPORTS } from '../../shared/transport-catalog';
import { MessageError, saidBy, say } from '../../shared/messages/message';
import { Channel, newRunKey } from '../channel';
import { nativeAddon, nativeAvailability } from '../native/addon';
import { receiverLink } from '../native/receiver-link';
import type { Link } from '../link';
import type { Transport } from '../transport';

const info = { ...TRANSPORTS.icmp, id: 'icmp' as const };

let permission: Availability | null = null;

/** One process and the kernel: there is no peer, and so nobody who could connect. */
export const icmpTransport: Transport<'icmp'> = {
  info,
  availability() {
    const native = nativeAvailability();
    if (!native.available) return native;
    // A process doesn't gain the right while it runs.
    permission ??= permissionNow();
    return permission;
  },
  async listen() {
    const runKey = newRunKey();
    return { ticket: { transport: 'icmp', runKey }, ports: [], channel: new Channel(info, echoLink(), runKey) };
  },
  async connect() {
    throw new MessageError(say('transport.kernel-answers'));
  },
};

/** The kernel sends back what it was sent, pings. It has answered them all the same: they go up as their pongs. */
function echoLink(): Link {
  const receiver = nativeAddon().openIcmpSocket();
  const link = receiverLink({
    receiver,
    maxFrameBytes: info.maxPayloadBytes + FRAME_HEADER_BYTES,
    send: (frame) => (receiver.send(frame) >= 0 ? 'sent' : 'refused'),
    cleanUp: () => undefined,
  });
  return {
    ...link,
    onBytes: (listener) =>
      link.onBytes((bytes) => {
        turnIntoPong(bytes);
        listener(bytes);
      }),
  };
}

function permissionNow(): Availability {
  try {
    nativeAddon().openIcmpSocket().close();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return {
      available: false,
      reason: code === 'EPERM' || code === 'EACCES' ? say('transport.no-raw-sockets') : saidBy(error),
    };
  }
  if (answersAreOff()) return { available: false, reason: say('transport.echo-off') };
  return { available: true };
}

function answersAreOff(): boolean {
  try {
    return readFileSync('/proc/sys/net/ipv4/icmp_echo_ignore_all', 'utf8').trim() === '1';
  } catch {
    return false;
  }
}
