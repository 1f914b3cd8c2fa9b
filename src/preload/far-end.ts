import { ipcRenderer } from 'electron';
import type { Ticket } from '../shared/control';
import type { ClockReading } from '../shared/clock';
import { frameReader, FrameWriter } from '../shared/frame';
import { HELD_INVOKES } from '../shared/held-invokes';
import { SITE_INVOKE_CHANNEL } from '../shared/ipc-channels';
import { type PeerStamps, STAMP_TRAILER_BYTES } from '../shared/stamp-trailer';
import { TRANSPORTS } from '../shared/transport-catalog';

/**
 * This process's end of a channel. It answers every ping with its own payload, and takes no time but where a ping asks for
 * stamps: these are as good as the clock is known here, and say so.
 */
export interface FarEnd {
  close(): void;
}

/** @throws Error when a renderer can't go where the ticket says. `reject` is called for what is no frame. */
export function openFarEnd(
  ticket: Ticket,
  port: MessagePort | undefined,
  reject: () => void,
  clock: () => ClockReading | null,
): FarEnd {
  if (ticket.transport === 'ipc-invoke') return holdInvokes(ticket.address, answers(ticket, reject, clock));
  if (ticket.transport === 'message-port' && port !== undefined)
    return answerPort(port, answers(ticket, reject, clock));
  throw new Error('A sandboxed renderer can be reached over message ports and invokes only.');
}

/** What answers a message: the pong, if it was a ping. */
type Answer = (message: unknown) => Uint8Array | undefined;

function answers({ transport, runKey }: Ticket, reject: () => void, clock: () => ClockReading | null): Answer {
  const { maxPayloadBytes } = TRANSPORTS[transport];
  const read = frameReader(runKey, maxPayloadBytes);
  const writer = new FrameWriter(runKey);
  return (message) => {
    const decoded = read(message instanceof Uint8Array ? message : new Uint8Array(0));
    if (!decoded.ok) reject();
    if (!decoded.ok || decoded.frame.type !== 'ping') return undefined;
    const { sequence, payload, asksForStamps } = decoded.frame;
    const stamped = asksForStamps === true && payload.byteLength + STAMP_TRAILER_BYTES <= maxPayloadBytes;
    // Whoever sends it copies it at once.
    return writer.write('pong', sequence, payload, stamped ? stampsOf(clock()) : null);
  };
}

/**
 * All that a page sees of a ping's way: that its JavaScript has it, and answers. Null until its clock is known. To echo
 * takes less than the step of the clock.
 */
function stampsOf(reading: ClockReading | null): PeerStamps | null {
  if (reading === null) return null;
  const { atNs, errorNs } = reading;
  const [readNs, earlierWroteNs] = [Number.NaN, Number.NaN];
  return { readNs, tookNs: atNs, answeredNs: atNs, earlierWroteNs, earlierSequence: 0, errorNs: Math.ceil(errorNs) };
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
