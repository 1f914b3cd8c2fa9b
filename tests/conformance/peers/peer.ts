import type { ChildProcess } from 'node:child_process';
import { nowNs } from '../../../src/node/clock';
import { type FromChild, fromChildSchema, type Ticket, type ToChild } from '../../../src/shared/control';
import type { Invokes } from '../../../src/transports/ipc-invoke/invokes';
import type { PortLike } from '../../../src/transports/message-port/port-like';
import type { FrameRouter } from '../../../src/transports/utility-post/frame-router';
import { until } from '../wait';

/** The far end: a real process of its own that answers pings, as the laboratory's processes do. */
export interface Peer {
  readonly pid: number;
  readonly alive: boolean;
  /** What routes the frames on its parent port, where it is a utility process. */
  readonly frameRouter: FrameRouter | undefined;
  /** Its invokes, where it is a renderer. */
  readonly invokes: Invokes | undefined;
  /** Where it is a plain child of this process: its stdin and stdout are its channel. */
  readonly child: ChildProcess | undefined;
  tell(message: ToChild, ports?: PortLike[]): void;
  /** Opens the peer's end. Rejects with the peer's own reason when it can't. */
  open(channelId: string, ticket: Ticket, ports: PortLike[]): Promise<void>;
  /**
   * Settles once the peer has answered: whatever it was told before is done, and it lives. Gives the number of frames
   * that it has rejected, by open channel.
   */
  answers(): Promise<Record<string, number>>;
  /** SIGKILL by pid; settles when the process is gone. */
  kill(): Promise<void>;
  /** Ends it in good order. */
  stop(): Promise<void>;
}

export interface PeerKind {
  name: 'plugin' | 'renderer' | 'child' | 'kernel';
  /** Each peer is good for one opening. */
  servesOnce: boolean;
  start(): Promise<Peer>;
}

/** Reads what a peer says, and waits for its answers. Both kinds of peer talk the same. */
export class PeerTalk {
  readonly #said: FromChild[] = [];
  #beat = 0;
  #openings = 0;

  receive(data: unknown): void {
    const parsed = fromChildSchema.safeParse(data);
    if (!parsed.success) throw new Error(`The peer said what is no message: ${JSON.stringify(data)}`);
    this.#said.push(parsed.data);
  }

  async ready(): Promise<void> {
    await until(() => this.#said.some(({ kind }) => kind === 'ready'), 'the peer says that it is ready');
  }

  /** Asks for an opening by `ask` and waits for the answer to it: an id may be opened more than once. */
  async opened(channelId: string, ask: (opening: number) => void): Promise<void> {
    this.#openings += 1;
    const opening = this.#openings;
    const answer = () =>
      this.#said.find(
        (message) => (message.kind === 'opened' || message.kind === 'open-failed') && message.opening === opening,
      );
    ask(opening);
    await until(() => answer() !== undefined, `the peer says whether it opened ${channelId}`);
    const said = answer();
    if (said?.kind === 'open-failed') throw new Error(said.reason);
  }

  async answers(tell: (message: ToChild) => void): Promise<Record<string, number>> {
    this.#beat += 1;
    const beat = this.#beat;
    tell({ kind: 'heartbeat', beat, sentNs: nowNs(), heard: null });
    const answer = () => this.#said.find((message) => message.kind === 'heartbeat' && message.beat === beat);
    await until(() => answer() !== undefined, 'the peer answers a heartbeat');
    const said = answer();
    return said?.kind === 'heartbeat'
      ? Object.fromEntries(said.rejected.map(({ channelId, count }) => [channelId, count]))
      : {};
  }
}
