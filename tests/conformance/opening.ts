import { MessageChannelMain } from 'electron';
import type { ChildProcess } from 'node:child_process';
import type { Ticket } from '../../src/shared/control';
import type { TransportId } from '../../src/shared/transport-catalog';
import type { Channel } from '../../src/transports/channel';
import type { PortLike } from '../../src/transports/message-port/port-like';
import { transports } from '../../src/transports/registry';
import { EchoClient } from './echo-client';
import type { Peer } from './peers/peer';
import type { Relay } from './relays';
import { type Means, type Injector, injectorFor } from './injectors';

let openings = 0;

export interface ListenOptions {
  transport: TransportId;
  directory: string;
  /** At the far end; needed before it opens by what goes over its parent port. */
  peer: Peer;
  channelId?: string | undefined;
  /** Whether an injector is to get bytes into it, which may take a relay between the two ends. */
  withInjector?: boolean;
}

/** One channel under test: the browser's end at once, the peer's when `openPeer` is called. */
export class Opening {
  readonly channelId: string;
  readonly ticket: Ticket;
  readonly channel: Channel;
  readonly client: EchoClient;
  readonly #ports: PortLike[];
  readonly #means: Means;
  readonly #injector: Injector<TransportId> | null;
  readonly #relay: Relay | null;

  private constructor(
    channelId: string,
    ticket: Ticket,
    ports: PortLike[],
    channel: Channel,
    means: Means,
    relay: Relay | null,
  ) {
    this.channelId = channelId;
    this.ticket = ticket;
    this.channel = channel;
    this.client = new EchoClient(channel);
    const injector = injectorFor(ticket);
    this.#injector = 'relay' in injector ? null : injector;
    this.#ports = ports;
    this.#means = means;
    this.#relay = relay;
  }

  static async listen({
    transport,
    directory,
    peer,
    channelId,
    withInjector = false,
  }: ListenOptions): Promise<Opening> {
    openings += 1;
    const name = `t${openings}`;
    const means: Means = { pair: null, frameRouter: peer.frameRouter, invokes: peer.invokes, child: peer.child };
    const { ticket, ports, channel } = await transports[transport].listen({
      directory,
      name,
      createPortPair() {
        const { port1, port2 } = new MessageChannelMain();
        means.pair = { near: port1 as PortLike, far: port2 as PortLike };
        return means.pair;
      },
      frameRouter: peer.frameRouter,
      invokes: peer.invokes,
      spawnPeer: peer.child === undefined ? undefined : () => peer.child as ChildProcess,
    });
    const injector = injectorFor(ticket);
    const relay = withInjector && 'relay' in injector ? await injector.relay(ticket as never, means) : null;
    return new Opening(channelId ?? name, ticket, ports, channel, means, relay);
  }

  /** Whether the injector can reach the browser's end once the channel is open. */
  get injectsWhileOpen(): boolean {
    return this.#injector?.worksWhileOpen ?? true;
  }

  get injectsIntoPeer(): boolean {
    return this.#injector?.reachesPeer ?? true;
  }

  openPeer(peer: Peer): Promise<void> {
    return peer.open(this.channelId, this.#relay?.ticket ?? this.ticket, this.#ports);
  }

  async injectToBrowser(bytes: Uint8Array): Promise<void> {
    if (this.#relay !== null) this.#relay.toBrowser(bytes);
    else await this.#injector?.toBrowser(this.ticket as never, this.#means, bytes);
  }

  injectToPeer(bytes: Uint8Array): void {
    if (this.#relay !== null) this.#relay.toPeer(bytes);
    else this.#injector?.toPeer(this.ticket as never, this.#means, bytes);
  }

  /** Closes both ends. */
  close(peer: Peer): void {
    this.channel.close();
    this.#relay?.close();
    if (peer.alive) peer.tell({ kind: 'close', channelId: this.channelId });
  }
}
