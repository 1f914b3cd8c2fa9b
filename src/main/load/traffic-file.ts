import { readFile, stat } from 'node:fs/promises';
import type { ChooseFileOutcome } from '../../shared/load/view';
import { type Message, saidBy, say } from '../../shared/messages/message';
import { MAX_TRAFFIC_BYTES, readTraffic } from '../../shared/routes/traffic';

/** As many as fit on a page that says what is wrong with a file. */
const MAX_BAD_TOLD = 20;

/** What is in a file of records, without a load. */
export async function readTrafficFile(path: string): Promise<Exclude<ChooseFileOutcome, { status: 'cancelled' }>> {
  const failed = (cause: Message) =>
    ({ status: 'failed', message: say('load.chosen-failed', { path, cause }) }) as const;
  try {
    const facts = await stat(path);
    // A FIFO or a device might never end.
    if (!facts.isFile()) return failed(say('load.no-file'));
    if (facts.size > MAX_TRAFFIC_BYTES) return failed(say('load.file-too-large', { maxBytes: MAX_TRAFFIC_BYTES }));
    const traffic = readTraffic(await readFile(path, 'utf8'));
    if ('refused' in traffic) return failed(say('verbatim', { text: traffic.refused }));
    return { status: 'chosen', path, records: traffic.records.length, bad: traffic.bad.slice(0, MAX_BAD_TOLD) };
  } catch (error) {
    return failed(saidBy(error));
  }
}
