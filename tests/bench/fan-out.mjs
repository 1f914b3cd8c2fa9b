// @ts-check
/**
 * What the browser process of the live view can't be cheaper than: a bare Electron main process that sends as many
 * messages to as many processes, with no Bulkhead code. Usage: node tests/bench/fan-out.mjs [--processes 29]
 * [--per-second 3200] [--seconds 10]
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { loadLaunchContext } from '../../scripts/launch/context.mjs';
import { runBare } from './bare.mjs';

const { values } = parseArgs({
  options: {
    processes: { type: 'string', default: '29' },
    'per-second': { type: 'string', default: '3200' },
    seconds: { type: 'string', default: '10' },
  },
});
const { runtime } = loadLaunchContext(resolve(import.meta.dirname, '../..'));
const fanOut = {
  processes: Number(values.processes),
  perSecond: Number(values['per-second']),
  bytes: 88,
  seconds: Number(values.seconds),
};
const { sent, answers, share } = await runBare({ fanOut }, 'sent');
console.log(
  `bare Electron ${runtime.version}, ${fanOut.processes} processes, ${(sent / fanOut.seconds).toFixed(0)} messages/s, ${answers} of ${sent} answered: ${(share * 100).toFixed(1)} % of one core, ${((share * fanOut.seconds * 1e6) / sent).toFixed(1)} µs per message`,
);
