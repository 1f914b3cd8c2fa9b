import { formatCount } from '../../format';

interface Run {
  method: string;
  size: string;
}

/** What stands in a trace: names of its rows and slices, and which stretch of time it holds. */
export const TRACE = {
  'trace.ping': () => 'ping',
  'trace.main-thread': () => 'main thread',
  'trace.measuring-thread': () => 'measuring thread',
  'trace.answering-thread': () => 'answering thread',
  'trace.worker-thread': () => 'worker thread',
  'trace.row': ({ thread, name }: { thread: string; name: string }) => `${thread}: ${name}`,
  'trace.lane': ({ name, number }: { name: string; number: number }) => `${name} (${number})`,
  'trace.round-trip': () => 'round trip',
  'trace.round-trip-unit': () => 'round trip (µs)',
  'trace.floor': ({ transports }: { transports: string }) => `kernel floor: ${transports}`,
  'trace.cpu': () => 'CPU',
  'trace.cpu-unit': () => '% of one core',
  'trace.bounds': ({ seconds, pings }: { seconds: number; pings: number }) =>
    `the newest ${seconds} s, or less when that would be more than ${formatCount(pings)} pings`,
  'trace.bench-bounds': ({ pings }: { pings: string }) => `the newest ${pings} pings of each run at most`,
  'trace.run': ({ method, size }: Run) => `${method}, ${size}`,
  'trace.pinger': ({ method, size }: Run) => `${method}, ${size}: the end that pings`,
  'trace.answerer': ({ method, size }: Run) => `${method}, ${size}: the end that answers`,
  'trace.page': () => 'page',
  'trace.plugin': () => 'plugin',
  'trace.peer': () => 'answering process',
  'trace.unanswered': ({ outcome }: { outcome: string }) => `not answered: ${outcome}`,
};
