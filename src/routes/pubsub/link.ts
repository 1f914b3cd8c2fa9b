import { PubSub, type Subscription, type Topic } from '@google-cloud/pubsub';
import { BACKLOG_LABEL } from './backlog-label';

/** A topic and its one subscription, made where they are missing, and whether the system can be reached. */

const TOPIC = 'bulkhead-requests';
const SUBSCRIPTION = 'bulkhead-subscriber';
/** Any will do where nobody checks it. */
const LOCAL_PROJECT = 'bulkhead';
const PROBE_TIMEOUT_MS = 3_000;
const PROBE_EVERY_MS = 1_000;
/** Google counts and limits such calls. */
const CLOUD_PROBE_EVERY_MS = 15_000;
const AGAIN_AFTER_MS = 250;
const ACK_DEADLINE_S = 10;
const NOT_FOUND = 5;
const ALREADY_EXISTS = 6;

/** Once and not again: who repeats decides it here. */
export const ONCE = { retry: null };

export class PubsubLink {
  readonly topic: Topic;
  readonly subscription: Subscription;
  readonly #client: PubSub;
  readonly #changed: (away: string | null) => void;
  readonly #probeEveryMs: number;
  #away: string | null;
  #backlog: number | null = null;
  #closed = false;
  #wake: () => void = () => undefined;
  #whenThere: () => void = () => undefined;
  readonly #there: Promise<void>;

  constructor(url: string, changed: (away: string | null) => void = () => undefined) {
    const { client, cloud } = clientFor(url);
    this.#client = client;
    this.#changed = changed;
    this.#probeEveryMs = cloud ? CLOUD_PROBE_EVERY_MS : PROBE_EVERY_MS;
    this.#away = `There is no connection to Pub/Sub at ${url} yet.`;
    this.topic = client.topic(TOPIC);
    this.subscription = client.subscription(SUBSCRIPTION);
    this.#there = new Promise((resolve) => (this.#whenThere = resolve));
    void this.#watch();
  }

  get away(): string | null {
    return this.#away;
  }

  /** What waits at the server, of a second ago at most; null where it isn't told, which only the embedded one does. */
  get backlog(): number | null {
    return this.#away === null ? this.#backlog : null;
  }

  /** Resolves once topic and subscription are there; not when it is closed before. */
  whenThere(): Promise<void> {
    return this.#there;
  }

  /** A call has failed for want of a connection: nothing is handed over until a probe succeeds. */
  lost(reason: string): void {
    this.#tell(reason);
    this.#wake();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#wake();
    await this.#client.close().catch(() => undefined);
  }

  async #watch(): Promise<void> {
    while (!this.#closed) {
      try {
        await this.#ensure();
        this.#tell(null);
        this.#whenThere();
        await this.#sleep(this.#probeEveryMs);
      } catch (error) {
        this.#tell(`Pub/Sub is away: ${(error as Error).message}.`);
        await this.#sleep(AGAIN_AFTER_MS);
      }
    }
  }

  async #ensure(): Promise<void> {
    const once = { ...ONCE, timeout: PROBE_TIMEOUT_MS };
    await unlessThere(
      () => this.topic.getMetadata({ ...once }),
      () => this.topic.create({ ...once }),
    );
    // In this order, and before the first message: what is published to a topic without subscription goes nowhere.
    await unlessThere(
      async () => {
        const [{ labels }] = await this.subscription.getMetadata({ ...once });
        const backlog = labels?.[BACKLOG_LABEL];
        this.#backlog = backlog === undefined ? null : Number(backlog);
      },
      () => this.topic.createSubscription(SUBSCRIPTION, { ackDeadlineSeconds: ACK_DEADLINE_S, gaxOpts: once }),
    );
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        // Not at once: who has just failed would fail again.
        setTimeout(resolve, AGAIN_AFTER_MS);
      };
    });
  }

  #tell(away: string | null): void {
    if (away === this.#away || this.#closed) return;
    this.#away = away;
    this.#changed(away);
  }
}

async function unlessThere(look: () => Promise<unknown>, make: () => Promise<unknown>): Promise<void> {
  try {
    await look();
  } catch (error) {
    if ((error as { code?: number }).code !== NOT_FOUND) throw error;
    await make().catch((problem: { code?: number }) => {
      if (problem.code !== ALREADY_EXISTS) throw problem;
    });
  }
}

/** `pubsub://HOST:PORT` is a server without credentials; `pubsub://google-cloud/PROJECT` is Google's, by the usual ones. */
function clientFor(url: string): { client: PubSub; cloud: boolean } {
  const { host, hostname, pathname } = new URL(url);
  const channel = { 'grpc.initial_reconnect_backoff_ms': 100, 'grpc.max_reconnect_backoff_ms': 1_000 };
  if (hostname === 'google-cloud') {
    // It would take the client there whatever the URL says.
    delete process.env['PUBSUB_EMULATOR_HOST'];
    return { client: new PubSub({ projectId: pathname.slice(1), ...channel }), cloud: true };
  }
  // Otherwise it looks for Google's metadata server, which takes seconds where there is none.
  process.env['METADATA_SERVER_DETECTION'] = 'none';
  const options = { apiEndpoint: host, emulatorMode: true, projectId: LOCAL_PROJECT, ...channel };
  return { client: new PubSub(options), cloud: false };
}
