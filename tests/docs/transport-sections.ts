import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TRANSPORT_IDS, type TransportId, type TransportInfo, TRANSPORTS } from '../../src/shared/transport-catalog';

const FILE = join(import.meta.dirname, '../../docs/transports.md');
const BEGIN = '<!-- Made from src/shared/transport-catalog.ts: UPDATE_DOCS=1 npx vitest run transport-catalog -->';
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
  const info = TRANSPORTS[id];
  const { title, mechanism, maxPayloadBytes, ordered, reliable, framing, whenFull } = info;
  const { sending, senderKnows, onTheWay, useFor } = info;
  return [
    `### \`${id}\`: ${title}`,
    '',
    `- **Is**: ${mechanism}.`,
    `- **${sending === 'synchronous' ? 'Synchronous' : 'Asynchronous'}.** ${senderKnows}`,
    `- **Promises**: ${ordered ? 'order' : 'no order'}, ${reliable ? 'delivery while both live' : 'no delivery'}, ${framing === 'message' ? 'message boundaries (a message transport)' : 'no boundaries (a stream: the frame says its length)'}; up to ${maxPayloadBytes.toLocaleString('en-US')} bytes of payload. When full, ${FULL[whenFull]}.`,
    `- **On the way**: ${onTheWay}`,
    `- **Measured**: ${measured(info)}`,
    `- **Thread**: ${thread(info)}`,
    `- **For**: ${useFor}`,
  ].join('\n');
}

function measured({ id, routes, floor, dataPath, renderer, fromTheStart, notLive, serve }: TransportInfo): string {
  return [
    notLive === undefined
      ? `live to ${liveTo(id, renderer)}, ${fromTheStart ? 'from the start' : 'once it is switched on'}; in a benchmark `
      : 'in a benchmark alone, ',
    `${routes.map((route) => `\`${route}\``).join(', ')}`,
    serve === undefined ? '' : `; between two terminals, at a \`--${serve}\``,
    floor === null
      ? ". No floor: it is Chromium's own."
      : `. Floor: ${floor === id ? 'the same in native code' : `that of \`${floor}\``}.`,
    dataPath === null ? '' : ` Read and written by ${dataPath === 'native' ? 'the addon' : 'the addon or Node.js'}.`,
  ].join('');
}

function thread({ mainThreadOnly, notLive }: TransportInfo): string {
  if (mainThreadOnly) return "each process's main thread.";
  if (notLive !== undefined) return 'the main thread, or in a benchmark a worker thread where both ends may have one.';
  return "a plugin answers in a worker thread of its own; a benchmark's ends are in main or worker threads (`--thread`).";
}

function liveTo(id: TransportId, renderer: true | undefined): string {
  if (!renderer) return 'plugins';
  return id === 'ipc-invoke' ? 'sites' : 'plugins and sites';
}
