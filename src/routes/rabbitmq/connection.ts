import { type ChannelModel, connect, type RecoveringChannelModel } from 'amqplib';

/** Durable, and so is every message in it. */
export const QUEUE = 'bulkhead';
export const QUEUE_OPTIONS = {
  durable: true,
  // A full queue refuses, instead of dropping its oldest or filling the disk.
  arguments: { 'x-max-length': 1_000_000, 'x-overflow': 'reject-publish' },
};

/** A frozen server is taken for gone after two of these, seconds. */
const HEARTBEAT_S = 5;

/** A connection that comes by itself and comes back by itself, and says whether it is there. */
export class RabbitLink {
  #away: string | null = 'There is no connection to RabbitMQ yet.';
  readonly #changed: (away: string | null) => void;
  readonly #connection: Promise<RecoveringChannelModel>;

  /** @param setUp makes channels anew, after every connect */
  constructor(
    url: string,
    setUp: (model: ChannelModel) => Promise<void>,
    changed: (away: string | null) => void = () => undefined,
  ) {
    this.#changed = changed;
    const separator = url.includes('?') ? '&' : '?';
    this.#connection = connect(`${url}${separator}heartbeat=${HEARTBEAT_S}`, {
      noDelay: true,
      recovery: { initialDelay: 200, maxDelay: 1_000, waitForConnect: false, setup: setUp },
    });
    void this.#connection.then((connection) => {
      connection.on('connect', () => this.#tell(null));
      connection.on('connect-failed', (error: Error) => this.#tell(`RabbitMQ is away: ${error.message}.`));
      connection.on('disconnect', () => this.#tell('The connection to RabbitMQ is lost.'));
      connection.on('blocked', () => this.#tell('RabbitMQ takes nothing at present: it is short of memory or disk.'));
      connection.on('unblocked', () => this.#tell(null));
      connection.on('error', () => undefined);
    });
  }

  get away(): string | null {
    return this.#away;
  }

  /** Rejects when it is closed before. */
  async whenThere(): Promise<void> {
    await (await this.#connection).waitForConnect();
  }

  async close(): Promise<void> {
    await (await this.#connection).close();
  }

  #tell(away: string | null): void {
    if (away === this.#away) return;
    this.#away = away;
    this.#changed(away);
  }
}
