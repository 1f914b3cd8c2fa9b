import { stampClock } from '../node/clock';
import type { FromChild, ToChild } from '../shared/control';
import { answerPings } from '../transports/answer-pings';
import type { Channel } from '../transports/channel';
import { connect } from '../transports/connect';
import type { PortLike } from '../transports/message-port/port-like';
import type { FrameRouter } from '../transports/utility-post/frame-router';
import type { Plugin } from './plugin';

export type Open = Extract<ToChild, { kind: 'open' }>;
export type OpenAnswer = Extract<FromChild, { kind: 'opened' | 'open-failed' }>;

/** The channels of one thread, with the plugin's answers on them. */
export class ChannelAnswers {
  readonly #plugin: Plugin;
  readonly #frameRouter: FrameRouter | undefined;
  readonly #tell: (answer: OpenAnswer) => void;
  readonly #channels = new Map<string, Channel>();
  /** The latest opening of each channel: one that was closed, or asked for again, while it was under way is void. */
  readonly #openings = new Map<string, number>();

  constructor(plugin: Plugin, tell: (answer: OpenAnswer) => void, frameRouter?: FrameRouter) {
    this.#plugin = plugin;
    this.#tell = tell;
    this.#frameRouter = frameRouter;
  }

  /** `onRejected` hears how many frames the channel has rejected, each time it rejects one. */
  async open(
    { channelId, opening, ticket }: Open,
    ports: readonly PortLike[],
    onRejected?: (count: number) => void,
  ): Promise<void> {
    this.close(channelId);
    this.#openings.set(channelId, opening);
    try {
      const channel = await connect(ticket, ports, this.#frameRouter);
      if (this.#openings.get(channelId) !== opening) return channel.close();
      if (onRejected !== undefined) channel.onRejection(() => onRejected(channel.rejectedTotal));
      answerPings(channel, (payload) => this.#plugin.respond(payload), stampClock);
      this.#channels.set(channelId, channel);
      this.#tell({ kind: 'opened', channelId, opening });
    } catch (error) {
      if (this.#openings.get(channelId) === opening)
        this.#tell({
          kind: 'open-failed',
          channelId,
          opening,
          reason: error instanceof Error ? error.message : String(error),
        });
    }
  }

  close(channelId: string): void {
    this.#openings.delete(channelId);
    this.#channels.get(channelId)?.close();
    this.#channels.delete(channelId);
  }

  closeAll(): void {
    for (const channelId of [...this.#openings.keys()]) this.close(channelId);
  }

  get rejected(): Rejected[] {
    return [...this.#channels].map(([channelId, channel]) => ({
      channelId,
      opening: this.#openings.get(channelId) ?? 0,
      count: channel.rejectedTotal,
    }));
  }
}

export type Rejected = Extract<FromChild, { kind: 'heartbeat' }>['rejected'][number];
