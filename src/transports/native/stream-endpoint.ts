import { nativeAddon } from './addon';
import { receiverLink } from './receiver-link';
import { descriptorSpinNs, MAX_PER_TURN } from './wait';
import { MAX_QUEUED_BYTES } from '../queue-limit';
import type { Link } from '../link';

/** Beside the limit of bytes. */
const MAX_QUEUED_FRAMES = 65_536;
/** What one read may bring. A pipe holds 64 KiB; sockets hold more. */
const READ_BYTES = 256 * 1024;

/**
 * A link over a pipe or a connected stream socket, read and written by the addon. It duplicates the descriptors: the
 * caller closes its own, and must not read from them any more. They may be the same.
 *
 * @param cleanUp called once, when the link closes or fails
 */
export function streamEndpointLink(readFd: number, writeFd: number, cleanUp: () => void): Link {
  const endpoint = nativeAddon().wrapStream(readFd, writeFd);
  endpoint.setQueue(MAX_QUEUED_FRAMES, MAX_QUEUED_BYTES);
  endpoint.setWait(descriptorSpinNs(), 0, MAX_PER_TURN);
  return receiverLink({
    receiver: endpoint,
    maxFrameBytes: READ_BYTES,
    send: (frame) => (endpoint.send(frame) >= 0 ? 'sent' : 'refused'),
    cleanUp,
  });
}
