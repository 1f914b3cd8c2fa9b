import { networkInterfaces } from 'node:os';
import type { Availability } from '../shared/transport-catalog';
import { say } from '../shared/messages/message';

/** Sockets of the internet families are bound to the loopback interface only: nothing comes from outside the machine. */
export type LoopbackFamily = 4 | 6;

export const LOOPBACK_ADDRESS: Record<LoopbackFamily, string> = { 4: '127.0.0.1', 6: '::1' };

export function loopbackAvailability(family: LoopbackFamily): Availability {
  const address = LOOPBACK_ADDRESS[family];
  const addresses = addressesHere();
  // Where they can't be had, it will show when the socket is bound.
  if (addresses === null || addresses.includes(address)) return { available: true };
  return {
    available: false,
    reason: say('transport.no-loopback', { address, family }),
  };
}

/** Null when the system doesn't tell: a process that has no descriptor left can't ask. */
function addressesHere(): string[] | null {
  try {
    return Object.values(networkInterfaces()).flatMap((those) => those?.map(({ address }) => address) ?? []);
  } catch {
    return null;
  }
}
