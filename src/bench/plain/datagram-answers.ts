import { answerPings } from '../../transports/answer-pings';
import { Channel } from '../../transports/channel';
import type { TransportInfo } from '../../shared/transport-catalog';
import type { SendOutcome } from '../../shared/measure/probe';
import { PLAIN_KEY } from './options';

/** `BKHD`, with which every frame begins. */
const MAGIC = [0x42, 0x4b, 0x48, 0x44];

/**
 * Answers datagrams of any number of clients on one socket, each to where it came from: frames by their pong, anything
 * else by itself, so that a client of another make gets its answer too. Call `take` for every datagram.
 */
export class DatagramAnswers<Address> {
  readonly #send: (bytes: Uint8Array, to: Address) => SendOutcome;
  #receive: (bytes: Uint8Array) => void = () => {};
  /** The one who is being answered: an answer is sent before `take` returns. */
  #from: Address | null = null;
  answered = 0;

  constructor(info: TransportInfo, send: (bytes: Uint8Array, to: Address) => SendOutcome) {
    this.#send = send;
    const channel = new Channel(
      info,
      {
        send: (frame) => this.#answer(frame),
        onBytes: (listener) => {
          this.#receive = listener;
          return () => {};
        },
        onClose: () => () => {},
        close: () => {},
      },
      PLAIN_KEY,
    );
    answerPings(channel, (payload) => payload);
  }

  take(bytes: Uint8Array, from: Address): void {
    this.#from = from;
    if (MAGIC.every((byte, i) => bytes[i] === byte)) this.#receive(bytes);
    else this.#answer(bytes);
    this.#from = null;
  }

  #answer(bytes: Uint8Array): SendOutcome {
    if (this.#from === null) return 'closed';
    const outcome = this.#send(bytes, this.#from);
    if (outcome === 'sent') this.answered += 1;
    return outcome;
  }
}
