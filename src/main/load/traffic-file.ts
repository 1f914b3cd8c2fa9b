import { readFile, stat } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ChooseFileOutcome } from '../../shared/load/view';
import { type Message, saidBy, say } from '../../shared/messages/message';
import { type BadRecord, MAX_TRAFFIC_BYTES, trafficItems } from '../../shared/routes/traffic';

/** As many as fit on a page that says what is wrong with a file. */
const MAX_BAD_TOLD = 20;
/** So long at once: pings and windows have this thread as well. */
const TURN_MS = 5;

/** What is in a file of records, without a load. */
export async function readTrafficFile(path: string): Promise<Exclude<ChooseFileOutcome, { status: 'cancelled' }>> {
  const failed = (cause: Message) =>
    ({ status: 'failed', message: say('load.chosen-failed', { path, cause }) }) as const;
  try {
    const facts = await stat(path);
    // A FIFO or a device might never end.
    if (!facts.isFile()) return failed(say('load.no-file'));
    if (facts.size > MAX_TRAFFIC_BYTES) return failed(say('load.file-too-large', { maxBytes: MAX_TRAFFIC_BYTES }));
    const items = trafficItems(await readFile(path, 'utf8'));
    const first: BadRecord[] = [];
    let [records, bad] = [0, 0];
    for (let until = performance.now() + TURN_MS; ;) {
      const { done, value } = items.next();
      if (done === true) {
        if (value !== null) return failed(say('verbatim', { text: value }));
        return { status: 'chosen', path, records, bad: { count: bad, first } };
      }
      if (!('line' in value)) records += 1;
      else {
        bad += 1;
        if (first.length < MAX_BAD_TOLD) first.push(value);
      }
      if (performance.now() < until) continue;
      await nextTurn();
      until = performance.now() + TURN_MS;
    }
  } catch (error) {
    return failed(whyUnreadable(error));
  }
}

function whyUnreadable(error: unknown): Message {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return say('load.file-missing');
    case 'EACCES':
    case 'EPERM':
      return say('load.file-not-allowed');
    case 'ELOOP':
      return say('load.file-link-to-itself');
    default:
      return say('load.file-unreadable', { cause: saidBy(error) });
  }
}
