import type { TransportId } from '../shared/transport-catalog';
import { fifoTransport } from './fifo';
import { fileTransport } from './file';
import { icmpTransport } from './icmp';
import { ipcInvokeTransport } from './ipc-invoke';
import { messagePortTransport } from './message-port';
import { tcp6Transport, tcpDelayTransport, tcpTransport } from './tcp';
import { shmemFutexTransport, shmemTransport } from './shmem';
import { stdoutAllocTransport, stdoutTransport } from './stdout';
import type { Transport } from './transport';
import { udp6Transport, udpTransport } from './udp';
import { unixDgramTransport } from './unix-dgram';
import { unixDgramNativeTransport } from './unix-dgram-native';
import { unixStreamTransport } from './unix-stream';
import { utilityPostTransport } from './utility-post';

/** Every transport, by id. The compiler asks for a line here when the catalogue gets a new row. */
export const transports: { [T in TransportId]: Transport<T> } = {
  'message-port': messagePortTransport,
  'ipc-invoke': ipcInvokeTransport,
  'utility-post': utilityPostTransport,
  'unix-dgram': unixDgramTransport,
  'unix-dgram-native': unixDgramNativeTransport,
  'unix-stream': unixStreamTransport,
  fifo: fifoTransport,
  stdout: stdoutTransport,
  'stdout-alloc': stdoutAllocTransport,
  tcp: tcpTransport,
  'tcp-delay': tcpDelayTransport,
  tcp6: tcp6Transport,
  udp: udpTransport,
  udp6: udp6Transport,
  icmp: icmpTransport,
  shmem: shmemTransport,
  'shmem-futex': shmemFutexTransport,
  file: fileTransport,
};
