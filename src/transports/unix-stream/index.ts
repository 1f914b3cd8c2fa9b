import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { TRANSPORTS } from '../../shared/transport-catalog';
import { say } from '../../shared/messages/message';
import { Channel, newRunKey } from '../channel';
import { checkSocketPath } from '../socket-path';
import { connectStream, listenForStream } from '../stream-link';
import type { Transport } from '../transport';

const info = { ...TRANSPORTS['unix-stream'], id: 'unix-stream' as const };
const asItIs = () => undefined;

/** The socket's file is there only until the peer has come: the server closes behind it, and takes its path along. */
export const unixStreamTransport: Transport<'unix-stream'> = {
  info,
  availability: () =>
    process.platform === 'win32' ? { available: false, reason: say('transport.no-unix-sockets') } : { available: true },
  async listen({ directory, name }) {
    const runKey = newRunKey();
    const path = join(directory, `${name}.s`);
    checkSocketPath(path);
    const { link } = await listenForStream({ path }, runKey, asItIs);
    try {
      chmodSync(path, 0o600);
    } catch (error) {
      link.close();
      throw error;
    }
    return { ticket: { transport: 'unix-stream', runKey, path }, ports: [], channel: new Channel(info, link, runKey) };
  },
  async connect(ticket) {
    checkSocketPath(ticket.path);
    return new Channel(info, await connectStream({ path: ticket.path }, ticket.runKey, asItIs), ticket.runKey);
  },
};
