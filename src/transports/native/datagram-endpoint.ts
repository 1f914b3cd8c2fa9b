import type { DatagramSocket, wrapDatagramSocket } from '../../../native';
import type { SendOutcome } from '../../shared/measure/probe';
import type { Link } from '../link';
import { receiverLink } from './receiver-link';
import { descriptorSpinNs, MAX_PER_TURN } from './wait';

type Datagrams = DatagramSocket | ReturnType<typeof wrapDatagramSocket>;

/**
 * A link over a datagram socket that the addon reads and writes.
 *
 * @param maxFrameBytes what is larger is dropped
 * @param send for a socket that isn't connected; else the frame goes to the connected peer, or waits in the addon's
 *   bounded queue
 */
export function datagramEndpointLink(
  receiver: Datagrams,
  maxFrameBytes: number,
  send: (frame: Uint8Array) => SendOutcome = (frame) => (receiver.send(frame) >= 0 ? 'sent' : 'refused'),
  cleanUp: () => void = () => undefined,
): Link {
  receiver.setWait(descriptorSpinNs(), 0, MAX_PER_TURN);
  return receiverLink({ receiver, maxFrameBytes, send, cleanUp });
}
