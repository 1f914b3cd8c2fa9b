import { setMaxListeners } from 'node:events';
import { Server, ServerCredentials, type ServerDuplexStream, type ServerReadableStream } from '@grpc/grpc-js';
import { checkMessage } from '../../shared/routes/message';
import { deliverOnce } from '../subscriber/deliver-once';
import type { Consumer, ConsumerOptions, Deliver } from '../route';
import { type Receipt, type RelayHandlers, relayService, type WireMessage } from './protocol';

export async function consume(options: ConsumerOptions, deliver: Deliver): Promise<Consumer> {
  const { url, maxInFlight, report } = options;
  const closing = new AbortController();
  // Every message that waits for the collector listens.
  setMaxListeners(0, closing.signal);
  let inFlight = 0;

  /** One attempt: who sent it learns from the receipt what became of it. */
  async function handOn(wire: WireMessage): Promise<Receipt> {
    const message = checkMessage(wire);
    if (message === null) {
      report({ kind: 'foreign' });
      return receipt(wire, 'This is no record.');
    }
    if (inFlight >= maxInFlight)
      return receipt(wire, `${maxInFlight} messages are in hand already, which is the bound.`);
    inFlight += 1;
    const outcome = await deliver(message);
    inFlight -= 1;
    return outcome.status === 'delivered'
      ? { sequence: wire.sequence, collected: true, reason: '', mayHaveArrived: false }
      : { ...receipt(wire, outcome.reason), mayHaveArrived: outcome.mayHaveArrived };
  }

  /** Reads no faster than messages are handed on: the stream's flow control then holds the sender up. */
  function take(
    stream: ServerReadableStream<WireMessage, unknown> | ServerDuplexStream<WireMessage, unknown>,
    each: (wire: WireMessage) => Promise<void>,
  ): Promise<number> {
    let inHand = 0;
    let taken = 0;
    return new Promise((resolve) => {
      let over = false;
      const settle = () => {
        if (over && inHand === 0) resolve(taken);
      };
      stream.on('data', (wire: WireMessage) => {
        taken += 1;
        inHand += 1;
        if (inHand >= maxInFlight) stream.pause();
        void each(wire).finally(() => {
          inHand -= 1;
          stream.resume();
          settle();
        });
      });
      for (const event of ['end', 'error', 'cancelled'])
        stream.once(event, () => {
          over = true;
          settle();
        });
    });
  }

  const handlers: RelayHandlers = {
    send(call, callback) {
      void handOn(call.request).then((answer) => callback(null, answer));
    },
    sendStream(stream, callback) {
      void take(stream, async (wire) => {
        const message = checkMessage(wire);
        if (message === null) {
          report({ kind: 'foreign' });
          return;
        }
        const outcome = await deliverOnce(deliver, message, closing.signal);
        if (outcome.status === 'failed') report({ kind: 'dropped', reason: outcome.reason });
      }).then((taken) => callback(null, { taken }));
    },
    exchange(stream) {
      void take(stream, async (wire) => {
        const answer = await handOn(wire);
        if (stream.writable) stream.write(answer);
      }).then(() => stream.end());
    },
  };

  const server = new Server({ 'grpc.max_receive_message_length': 1_048_576 });
  server.addService(relayService, { ...handlers });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync(url, ServerCredentials.createInsecure(), (error, got) =>
      error === null ? resolve(got) : reject(new Error(`gRPC can't listen on ${url}: ${error.message}`)),
    );
  });
  return {
    url: url.replace(/:\d+$/, `:${port}`),
    async close() {
      closing.abort();
      server.forceShutdown();
    },
  };
}

function receipt(wire: WireMessage, reason: string): Receipt {
  return { sequence: wire.sequence, collected: false, reason, mayHaveArrived: false };
}
