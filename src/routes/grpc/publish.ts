import { type ClientDuplexStream, type ClientWritableStream, connectivityState, credentials } from '@grpc/grpc-js';
import type { RouteMessage } from '../../shared/routes/message';
import type { Publisher, PublisherOptions, PublishOutcome } from '../route';
import { type Receipt, type RelayClient, RelayClientConstructor, toWire, type WireMessage } from './protocol';

/** A frozen subscriber is taken for gone after both, ms. */
const KEEP_ALIVE_MS = 3_000;

export function publish({ url, mode, timeoutMs }: PublisherOptions): Publisher {
  const client = new RelayClientConstructor(url, credentials.createInsecure(), {
    'grpc.initial_reconnect_backoff_ms': 100,
    'grpc.max_reconnect_backoff_ms': 1_000,
    'grpc.keepalive_time_ms': KEEP_ALIVE_MS,
    'grpc.keepalive_timeout_ms': KEEP_ALIVE_MS,
    'grpc.enable_retries': 0,
  });
  const away = () =>
    client.getChannel().getConnectivityState(true) === connectivityState.READY
      ? null
      : 'There is no connection to the gRPC server, which is the subscriber.';
  // Asking for the state also makes it connect.
  away();
  const sender = senderFor(mode, client, timeoutMs);
  return {
    away,
    publish(message) {
      const reason = away();
      return reason === null ? sender.send(message) : Promise.resolve({ status: 'refused', reason });
    },
    async close() {
      await sender.end();
      client.close();
    },
  };
}

interface Sender {
  send(message: RouteMessage): Promise<PublishOutcome>;
  end(): Promise<void>;
}

function senderFor(mode: string, client: RelayClient, timeoutMs: number): Sender {
  if (mode === 'client-stream') return clientStream(client);
  if (mode === 'bidirectional') return bidirectional(client);
  return {
    send: (message) =>
      new Promise((resolve) => {
        client.send(toWire(message), { deadline: Date.now() + timeoutMs }, (error, receipt) => {
          resolve(error === null && receipt !== undefined ? outcomeOf(receipt) : unconfirmed(error));
        });
      }),
    end: async () => undefined,
  };
}

/**
 * Written is all that can be known. The library keeps up to 1 MiB of each call, for a repetition that may never come, and
 * says "written" of what lies there; beyond that the stream's flow control holds the writing up. A smaller buffer loses
 * callbacks of what is written before the call has begun.
 */
function clientStream(client: RelayClient): Sender {
  let call: ClientWritableStream<WireMessage> | null = null;
  let waiting = new Set<(outcome: PublishOutcome) => void>();

  function open(): ClientWritableStream<WireMessage> {
    const mine = new Set<(outcome: PublishOutcome) => void>();
    const made = client.sendStream((error) => {
      if (call === made) call = null;
      for (const resolve of mine) resolve(unconfirmed(error));
    });
    made.on('error', () => undefined);
    waiting = mine;
    return made;
  }

  return {
    send: (message) =>
      new Promise((resolve) => {
        call ??= open();
        const mine = waiting;
        mine.add(resolve);
        call.write(toWire(message), (error: Error | null | undefined) => {
          mine.delete(resolve);
          resolve(error === null || error === undefined ? { status: 'accepted' } : unconfirmed(error));
        });
      }),
    end: () => ended(call),
  };
}

function bidirectional(client: RelayClient): Sender {
  let call: ClientDuplexStream<WireMessage, Receipt> | null = null;
  let waiting = new Map<number, (outcome: PublishOutcome) => void>();
  let sequence = 0;

  function open(): ClientDuplexStream<WireMessage, Receipt> {
    const mine = new Map<number, (outcome: PublishOutcome) => void>();
    const made = client.exchange();
    const finish = (error: Error | null) => {
      if (call === made) call = null;
      for (const resolve of mine.values()) resolve(unconfirmed(error));
      mine.clear();
    };
    made.on('data', (receipt: Receipt) => {
      mine.get(receipt.sequence)?.(outcomeOf(receipt));
      mine.delete(receipt.sequence);
    });
    made.on('error', finish);
    made.on('end', () => finish(null));
    waiting = mine;
    return made;
  }

  return {
    send: (message) =>
      new Promise((resolve) => {
        call ??= open();
        sequence = (sequence + 1) % 2 ** 32;
        waiting.set(sequence, resolve);
        call.write(toWire(message, sequence));
      }),
    end: () => ended(call),
  };
}

/** The end of a stream asks for its last receipts; who doesn't answer is left. */
function ended(
  call: ClientWritableStream<WireMessage> | ClientDuplexStream<WireMessage, Receipt> | null,
): Promise<void> {
  if (call === null) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => call.cancel(), 1_000);
    call.once('status', () => {
      clearTimeout(timer);
      resolve();
    });
    call.end();
  });
}

function outcomeOf({ collected, reason, mayHaveArrived }: Receipt): PublishOutcome {
  if (collected) return { status: 'accepted' };
  return { status: mayHaveArrived ? 'unconfirmed' : 'refused', reason };
}

function unconfirmed(error: Error | null): PublishOutcome {
  return { status: 'unconfirmed', reason: `gRPC: ${error?.message ?? 'the stream ended before the receipt came.'}` };
}
