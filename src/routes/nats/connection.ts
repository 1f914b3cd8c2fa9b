import { connect, type NatsConnection } from '@nats-io/transport-node';

const RECONNECT_EVERY_MS = 250;
/** A frozen server is taken for gone after two of these. */
const PING_EVERY_MS = 3_000;

/** A connection that comes by itself and comes back by itself, and says whether it is there. */
export class NatsLink {
  #connection: NatsConnection | null = null;
  #away: string | null;
  #closed = false;
  readonly #whenThere: Promise<NatsConnection>;
  readonly #changed: (away: string | null) => void;

  /** @param prepare what has to be done before the first message */
  constructor(
    url: string,
    prepare: (connection: NatsConnection) => Promise<void>,
    changed: (away: string | null) => void = () => undefined,
  ) {
    this.#changed = changed;
    this.#away = `There is no connection to NATS at ${withoutSecrets(url)} yet.`;
    this.#whenThere = this.#open(url, prepare);
    // Without a connection `close` is all that ends the waiting, and nobody waits for that.
    this.#whenThere.catch(() => undefined);
  }

  get away(): string | null {
    return this.#away;
  }

  /** The connection; null as long as there has never been one. It may be away at present. */
  get connection(): NatsConnection | null {
    return this.#connection;
  }

  /** Rejects when it is closed before. */
  whenThere(): Promise<NatsConnection> {
    return this.#whenThere;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#connection?.close().catch(() => undefined);
  }

  async #open(url: string, prepare: (connection: NatsConnection) => Promise<void>): Promise<NatsConnection> {
    for (;;) {
      if (this.#closed) throw new Error('Closed before there was a connection.');
      try {
        const connection = await connect({
          ...serversOf(url),
          maxReconnectAttempts: -1,
          reconnectTimeWait: RECONNECT_EVERY_MS,
          pingInterval: PING_EVERY_MS,
          maxPingOut: 2,
        });
        try {
          await prepare(connection);
        } catch (error) {
          await connection.close();
          throw error;
        }
        this.#connection = connection;
        void this.#follow(connection);
        this.#tell(null);
        return connection;
      } catch (error) {
        this.#tell(`NATS is away: ${(error as Error).message}.`);
        await new Promise((resolve) => setTimeout(resolve, RECONNECT_EVERY_MS));
      }
    }
  }

  async #follow(connection: NatsConnection): Promise<void> {
    for await (const { type } of connection.status()) {
      if (type === 'disconnect' || type === 'close') this.#tell('The connection to NATS is lost.');
      else if (type === 'reconnect') this.#tell(null);
    }
  }

  #tell(away: string | null): void {
    if (away === this.#away) return;
    this.#away = away;
    this.#changed(away);
  }
}

/** One URL, or several with a comma between them. The client takes names and passwords from its options alone. */
function serversOf(url: string): { servers: string[]; user?: string; pass?: string; token?: string } {
  const urls = url.split(',').map((each) => new URL(each.trim()));
  const servers = urls.map(({ protocol, host }) => `${protocol}//${host}`);
  const [username, password] = [urls[0]?.username ?? '', urls[0]?.password ?? ''].map(decodeURIComponent);
  if (!username) return { servers };
  return password ? { servers, user: username, pass: password } : { servers, token: username };
}

function withoutSecrets(url: string): string {
  return url.replaceAll(/\/\/[^@/]*@/g, '//');
}
