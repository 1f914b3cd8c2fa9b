import { parentPort, workerData } from 'node:worker_threads';
import { followClock, nowNs } from '../../node/clock';
import { onUncaught } from '../../node/own-process';
import { waitByItself } from '../../transports/native/own-wait';
import { sleepBetweenMessages } from '../../transports/native/wait';
import { Pacer } from '../channels/pacer';
import type { FromMeasuringThread, ThreadData, ToMeasuringThread } from './messages';
import { PacedEnd } from './paced-end';
import { RingWriter } from './record-ring';

/** The measuring thread's script. Nothing here may import Electron: a worker has none. */

const { clock, ring } = workerData as ThreadData;
const tell = (message: FromMeasuringThread) => parentPort?.postMessage(message);
// Told, and not died of: the main thread ends the application in order, and for that the ends have to be closed here.
onUncaught((error) => tell({ kind: 'bug', error }));
followClock(clock);
sleepBetweenMessages();

const writer = new RingWriter(ring);
const pacer = new Pacer(nowNs, (durationMs) => tell({ kind: 'stalled', durationMs }), waitByItself() ?? undefined);
const ends: PacedEnd[] = [];

parentPort?.on('message', (message: ToMeasuringThread) => {
  switch (message.kind) {
    case 'add': {
      const end = new PacedEnd(message, writer, tell);
      ends[message.channel] = end;
      pacer.add(end);
      break;
    }
    case 'listen':
      void ends[message.channel]?.listen(message.opening, message.directory, message.name);
      break;
    case 'start':
      ends[message.channel]?.start(message.opening);
      pace();
      break;
    case 'close':
      ends[message.channel]?.close(message.opening, message.outcome);
      pace();
      break;
    case 'configure':
      ends[message.channel]?.configure(message.settings);
      pace();
      break;
    case 'end':
      for (const end of ends) end.close(Number.POSITIVE_INFINITY, 'skipped');
      pacer.stop();
      // What is still to be done, the removal of files above all, keeps the thread until it is done.
      parentPort?.unref();
      break;
  }
});

/** Nothing wakes this thread while nothing is measured: a benchmark has the machine to itself. */
function pace(): void {
  if (ends.some((end) => end.measuring)) pacer.start();
  else pacer.stop();
}
