import type { TransportId } from '../shared/transport-catalog';
import { messagePortTransport } from './message-port';
import { pipeTransport } from './pipe';
import type { Transport } from './transport';
import { unixDgramTransport } from './unix-dgram';

/** Every transport, by id. The compiler asks for a line here when the catalogue gets a new row. */
export const transports: { [T in TransportId]: Transport<T> } = {
  'message-port': messagePortTransport,
  'unix-dgram': unixDgramTransport,
  pipe: pipeTransport,
};
