import { ipcRenderer } from 'electron';
import type { Ticket } from '../shared/control';
import { encodeFrame, FRAME_HEADER_BYTES, frameReader } from '../shared/frame';
import { HELD_INVOKES } from '../shared/held-invokes';
import { SITE_INVOKE_CHANNEL } from '../shared/ipc-channels';
import { TRANSPORTS } from '../shared/transport-catalog';

/** This process's end of a channel. It answers every ping with its own payload, and takes no time. */
export interface FarEnd {
  close(): void;
}

/** @throws Error when a renderer can't go where the ticket says. `reject` is called for what is no frame. */
export function openFarEnd(ticket: Ticket, port: MessagePort | undefined, reject: () => void): FarEnd {
  if (ticket.transport === 'ipc-invoke') return holdInvokes(ticket.address, answers(ticket, reject));
  if (ticket.transport === 'message-port' && port !== undefined) return answerPort(port, answers(ticket, reject));
  throw new Error('A sandboxed renderer can be reached over message ports and invokes only.');
}

/** What answers a message: the pong, if it was a ping. */
type Answer = (message: unknown) => Uint8Array | undefined;

function answers({ transport, runKey }: Ticket, reject: () => void): Answer {
  const read = frameReader(runKey, TRANSPORTS[transport].maxPayloadBytes);
  return (message) => {
    const decoded = read(message instanceof Uint8Array ? message : new Uint8Array(0));
    if (!decoded.ok) reject();
    if (!decoded.ok || decoded.frame.type !== 'ping') return undefined;
    const pong = new Uint8Array(FRAME_HEADER_BYTES + decoded.frame.payload.byteLength);
    encodeFrame(pong, 'pong', decoded.frame.sequence, runKey, decoded.frame.payload);
    return pong;
  };
}

function answerPort(port: MessagePort, answer: Answer): FarEnd {
  port.onmessage = ({ data }) => {
    const pong = answer(data);
    // Copied, not transferred: a transferred buffer loses the message on its way to the browser process (electron#34905).
    if (pong !== undefined) port.postMessage(pong);
  };
  return { close: () => port.close() };
}

/**
 * A ping is the answer to an invoke; the next invoke brings its pong, or nothing, and is held in its place. Null is the
 * browser process's word that nothing will come; so is a failure, as when nobody handles the invoke.
 */
function holdInvokes(address: string, answer: Answer): FarEnd {
  let open = true;
  const close = () => {
    open = false;
  };
  const hold = (said?: Uint8Array): void => {
    ipcRenderer.invoke(SITE_INVOKE_CHANNEL, address, said).then((heard: unknown) => {
      if (heard === null) close();
      if (open) hold(answer(heard));
    }, close);
  };
  for (let i = 0; i < HELD_INVOKES; i += 1) hold();
  return { close };
}
