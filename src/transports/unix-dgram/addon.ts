import { constants } from 'node:os';
import { getSystemErrorName } from 'node:util';
import type { Availability } from '../../shared/transport-catalog';
import { say } from '../../shared/messages/message';
import { type LoadedAddon, loadAddon } from '../addons';

/** The part of the unix-dgram package's socket that the wrapper uses. */
export interface RawDgramSocket {
  bind(path: string): void;
  connect(path: string): void;
  send(buffer: Buffer, offset: number, length: number, path: string, callback: SendCallback): void;
  send(buffer: Buffer, callback: SendCallback): void;
  close(): void;
  on(event: 'message', listener: (buffer: Buffer, info: { path: string | null }) => void): void;
  on(event: 'error', listener: (error: Error & { code: number }) => void): void;
  on(event: 'writable', listener: () => void): void;
}
type SendCallback = (error?: { code: number }) => void;

interface UnixDgramPackage {
  createSocket(type: 'unix_dgram'): RawDgramSocket;
}

/** The package's error codes: negative errno, which differ from system to system, and one of its own. */
export const DGRAM_ERROR = {
  /** A connected peer's queue is full. */
  congestion: 1,
  again: -constants.errno.EAGAIN,
  noBuffers: -constants.errno.ENOBUFS,
  refused: -constants.errno.ECONNREFUSED,
  addressInUse: -constants.errno.EADDRINUSE,
} as const;

/** `ENOENT` for the code that stands for it here. */
export function dgramErrorName(code: number): string {
  return code < 0 ? getSystemErrorName(code) : `code ${code}`;
}

let loaded: LoadedAddon<UnixDgramPackage> | null = null;

export function loadUnixDgram(): LoadedAddon<UnixDgramPackage> {
  loaded ??= process.platform === 'win32' ? { reason: say('transport.no-unix-datagrams') } : loadAddon('unix-dgram');
  return loaded;
}

export function unixDgramAvailability(): Availability {
  const result = loadUnixDgram();
  return 'package' in result ? { available: true } : { available: false, reason: result.reason };
}
