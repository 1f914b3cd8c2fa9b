import type { TransportInfo } from '../../../src/shared/transport-catalog';
import type { Opening } from '../opening';
import type { Peer } from '../peers/peer';

/** What a case has to work with. Everything it opens is closed for it at the end. */
export interface CaseContext {
  info: TransportInfo;
  /** Of mode 0700, empty, and this case's own. */
  directory: string;
  /** Alive and answering; shared with the cases before, as long as they left it well. */
  peer: Peer;
  /** Only the browser's end; under an id of its own when none is given. */
  listen(channelId?: string): Promise<Opening>;
  /** Only the browser's end, and an injector that can get bytes into both. */
  listenWithInjector(): Promise<Opening>;
  /** Both ends; at `peer` when no other is given. */
  open(peer?: Peer): Promise<Opening>;
  /** One more process of the same kind. */
  startPeer(): Promise<Peer>;
}

/** A child has one stdin, and dies with its channel. */
export function isStandardStreams({ id }: TransportInfo): boolean {
  return id === 'stdout' || id === 'stdout-alloc';
}

/** Whether there is a process at the other end. */
export function hasPeer({ id }: TransportInfo): boolean {
  return id !== 'icmp';
}

/** Whether there is one that lives on when a channel to it is closed, and takes another. */
export function hasLastingPeer(info: TransportInfo): boolean {
  return hasPeer(info) && !isStandardStreams(info);
}

export interface ConformanceCase {
  name: string;
  /** Whether the case has a meaning for a transport. When it is left out it has for all. */
  applies?: (info: TransportInfo) => boolean;
  run(context: CaseContext): Promise<void>;
}
