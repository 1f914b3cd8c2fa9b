import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TRANSPORT_IDS, type TransportId, TRANSPORTS } from '../../src/shared/transport-catalog';
import { TRANSPORT_NOTES } from '../../src/shared/transport-notes';

const FILE = join(import.meta.dirname, '../../docs/transports.md');
const BEGIN =
  '<!-- Made from src/shared/transport-catalog.ts and transport-notes.ts: UPDATE_DOCS=1 npx vitest run transport-notes -->';
const END = '<!-- End of what is made. -->';
const FULL = {
  refuses: 'a send is refused',
  drops: 'the kernel drops it without a word',
  grows: 'it waits in memory; the sender has to bound what is in flight',
};

/** The part of `docs/transports.md` that says what the catalogue says. */
export function transportSections(): string {
  return TRANSPORT_IDS.map(section).join('\n\n');
}

export function readTransportSections(): string {
  const text = readFileSync(FILE, 'utf8');
  return text.slice(text.indexOf(BEGIN) + BEGIN.length, text.indexOf(END)).trim();
}

export function writeTransportSections(): void {
  const text = readFileSync(FILE, 'utf8');
  writeFileSync(
    FILE,
    `${text.slice(0, text.indexOf(BEGIN))}${BEGIN}\n\n${transportSections()}\n\n${text.slice(text.indexOf(END))}`,
  );
}

function section(id: TransportId): string {
  const { title, mechanism, maxPayloadBytes, ordered, reliable, framing, whenFull } = TRANSPORTS[id];
  const { sending, senderKnows, onTheWay, useFor } = TRANSPORT_NOTES[id];
  return [
    `### \`${id}\`: ${title}`,
    '',
    `- **Is**: ${mechanism}.`,
    `- **${sending === 'synchronous' ? 'Synchronous' : 'Asynchronous'}.** ${senderKnows}`,
    `- **Promises**: ${ordered ? 'order' : 'no order'}, ${reliable ? 'delivery while both live' : 'no delivery'}, ${framing === 'message' ? 'message boundaries (a message transport)' : 'no boundaries (a stream: the frame says its length)'}; up to ${maxPayloadBytes.toLocaleString('en-US')} bytes of payload. When full, ${FULL[whenFull]}.`,
    `- **On the way**: ${onTheWay}`,
    `- **For**: ${useFor}`,
  ].join('\n');
}
