interface GlossaryEntry {
  /** As it stands in the window. */
  term: string;
  topic: GlossaryTopic;
  /** What it means, in a sentence or two: also shown where the word stands. */
  short: string;
  /** What else is good to know, or empty. */
  more: string;
}

/** The parts of the glossary, in order. */
export const GLOSSARY_TOPICS = {
  processes: 'Processes',
  messages: 'Messages',
  times: 'Times',
  counts: 'Counts',
  chart: 'Charts',
  verdict: 'Verdict',
  benchmark: 'Benchmark',
  load: 'Load',
} as const;
export type GlossaryTopic = keyof typeof GLOSSARY_TOPICS;

/** The words that the window uses and doesn't explain in place. The glossary dialog and `docs/glossary.md` are made of it. */
export const GLOSSARY = {
  'browser-process': {
    term: 'browser process',
    topic: 'processes',
    short: 'Bulkhead’s main process. It starts and supervises all others, sends every live ping and times it.',
    more: 'It runs no plugin code and no page. Windows, disk and network are its business.',
  },
  renderer: {
    term: 'renderer',
    topic: 'processes',
    short: 'The sandboxed process that runs the pages of one site.',
    more: 'Two tabs of one site share a renderer; two sites never do.',
  },
  site: {
    term: 'site',
    topic: 'processes',
    short: 'Scheme and registrable domain of an address: https://a.example.co.uk is of the site https://example.co.uk.',
    more: 'Sites are what renderers are kept apart by. The public suffix list says where the registrable domain begins.',
  },
  plugin: {
    term: 'plugin',
    topic: 'processes',
    short: 'A program that answers pings in a process of its own, an Electron utility process with Node.js.',
    more: 'echo sends back what it gets; digest sends back its SHA-256, 32 bytes whatever the payload.',
  },
  compartment: {
    term: 'compartment',
    topic: 'processes',
    short: 'One process, as the map draws it: between walls that keep what happens in it from the others.',
    more: 'A dead compartment is drawn flooded. The walls are named bulkheads in a ship.',
  },
  'compartment-figures': {
    term: 'figures of a compartment',
    topic: 'processes',
    short:
      'Large: the median round trip of the last 2 s over its first channel. Small: the same over each of its transports.',
    more: 'The line beside it is the last 12 s. At the foot are the resident memory and the CPU time, in percent of one core.',
  },
  sandbox: {
    term: 'sandbox',
    topic: 'processes',
    short:
      'Limits that the operating system puts on a process: a sandboxed one opens no file and no connection itself.',
    more: 'Renderers are sandboxed unless Bulkhead runs as root, where Chromium has no sandbox.',
  },
  'not-answering': {
    term: 'not answering',
    topic: 'processes',
    short: 'The process lives and has not answered its heartbeat for about 0.8 s: it is busy or hung.',
    more: 'What counts is its main thread: a plugin answers over sockets, pipes and shared memory in another, which goes on. Wait gives it more time; End process ends it.',
  },
  restarting: {
    term: 'restarting',
    topic: 'processes',
    short: 'A plugin that crashed is started again by itself, at once the first time and after 1 s the second.',
    more: 'After three crashes within five minutes it is given up, until you start it again.',
  },
  transport: {
    term: 'transport',
    topic: 'messages',
    short:
      'A way for bytes to cross from one process to another: a message port, a named pipe, a socket, shared memory.',
    more: 'What each of them promises stands in docs/transports.md.',
  },
  channel: {
    term: 'channel',
    topic: 'messages',
    short: 'One open two-way connection to one process over one transport.',
    more: 'Each is a line of the chart and a row of the table, and can be switched on and off there.',
  },
  ping: {
    term: 'ping',
    topic: 'messages',
    short: 'A small numbered message to a process; its answer, with the same number, is the pong.',
    more: 'The live view sends pings at a fixed rate, whatever became of those before (an open loop).',
  },
  payload: {
    term: 'payload',
    topic: 'messages',
    short: 'The bytes that a ping carries, behind a header of 24 bytes.',
    more: 'The payload of the live pings is set at the top of the window, up to 32 KiB.',
  },
  anatomy: {
    term: 'anatomy',
    topic: 'times',
    short: 'Where the time of a round trip goes, stage by stage: of typical pings, of slow ones, and of a single one.',
    more: 'It opens from a channel’s row in the table, or by a click at a line of the chart.',
  },
  stage: {
    term: 'stage',
    topic: 'times',
    short:
      'What lies between two points that a ping passes: until it is sent, in a call, waiting for a thread, in JavaScript.',
    more: 'The stages of a ping add up to its round trip from the intended send. What can’t be seen from outside is one stage.',
  },
  'round-trip': {
    term: 'round trip',
    topic: 'times',
    short:
      'The time from sending a ping until the JavaScript that sent it has the answer, on one clock in one process.',
    more: 'It is a figure of the whole runtime: kernel, event loops and JavaScript together.',
  },
  timing: {
    term: 'timed from sent / intended',
    topic: 'times',
    short:
      'From sent: the round trip from when the ping was handed over. From intended: from when it should have been, so it counts the sender’s own delays too.',
    more: 'Compare paths by sent. Look at intended to see stalls of the sender, which sent alone hides (coordinated omission).',
  },
  percentile: {
    term: 'p50, p90, p99, p99.9, max',
    topic: 'times',
    short:
      'Percentiles of the round trips: p99 is the time that 99 % of them did not exceed, p50 is the median, max the slowest.',
    more: 'The table has those of the last 30 s. At 20 pings/s these are 600 pings, so p99 rests on the six slowest.',
  },
  floor: {
    term: 'floor',
    topic: 'times',
    short:
      'What the kernel alone takes for a transport: a ping-pong of two native processes, without JavaScript. Dotted in the chart.',
    more: 'The distance from a line to its floor is what the runtime adds. Message ports have no floor: they are Chromium’s own.',
  },
  lost: {
    term: 'lost',
    topic: 'counts',
    short: 'Pings that were due and not answered within the time limit (Lost after), or that could not be sent.',
    more: 'A process that hangs or dies loses pings on a transport that is perfectly reliable. A × in the lane under the chart is one.',
  },
  rate: {
    term: 'rate',
    topic: 'counts',
    short:
      'In the table: pings answered in the last second. At the top of the window: pings that each channel is to send.',
    more: '',
  },
  sent: {
    term: 'sent',
    topic: 'counts',
    short: 'Pings that the transport has accepted since the channel was opened.',
    more: '',
  },
  skipped: {
    term: 'skip (skipped)',
    topic: 'counts',
    short: 'Pings that were never sent, because the sender was too late for them or the channel was closed first.',
    more: 'They are not lost: nobody failed to answer them.',
  },
  late: {
    term: 'late',
    topic: 'counts',
    short: 'Answers that came after their ping had been given up as lost.',
    more: '',
  },
  rejected: {
    term: 'rej (rejected)',
    topic: 'counts',
    short: 'Bytes or messages that were no frame of this channel: malformed, damaged, cut short, or of somebody else.',
    more: 'They are counted and dropped, at either end.',
  },
  band: {
    term: 'min–max band',
    topic: 'chart',
    short: 'The shade around a line: from the fastest to the slowest ping at each moment. The line is the median.',
    more: 'It is drawn for the line that you point at, or when only one is shown.',
  },
  scale: {
    term: 'log / linear',
    topic: 'chart',
    short: 'On a logarithmic axis the same distance is the same factor; on a linear one the same difference.',
    more: 'Log shows a path of 5 µs and one of 5 ms in one chart.',
  },
  'colour-by': {
    term: 'colour by process / transport',
    topic: 'chart',
    short: 'What the hue of a line tells: its process, with a dash for each transport, or the other way round.',
    more: 'Until you choose, it is whichever tells more of the visible lines apart.',
  },
  recording: {
    term: 'recording',
    topic: 'chart',
    short: 'Everything measured since the start, with what happened meanwhile: what the exports are made of.',
    more: 'Each channel keeps about 600,000 pings; beyond that the oldest are dropped, and the recording says how many.',
  },
  incident: {
    term: 'incident',
    topic: 'verdict',
    short: 'A death of a process, or a time in which it does not answer. Each gets a verdict.',
    more: '',
  },
  verdict: {
    term: 'verdict',
    topic: 'verdict',
    short: 'What the other processes noticed of an incident, from their pings in the 5 s before and after it.',
    more: 'Nobody noticed: no ping lost, and no channel slower than it is by itself. Not measured: nothing could be compared.',
  },
  slower: {
    term: 'slower',
    topic: 'verdict',
    short: 'A channel whose p50 or p99 rose by more than it varies by itself without an incident.',
    more: 'It takes 100 s without an incident to know how much that is. A fall never counts.',
  },
  'slower-from': {
    term: 'slower from',
    topic: 'verdict',
    short: 'The rise from which on a change is more than the channel varies by itself.',
    more: 'Taken from its last five minutes, cut into pairs of 5 s in which nothing happened.',
  },
  method: {
    term: 'method',
    topic: 'benchmark',
    short: 'The transport that a run of the benchmark measures, and how it is read and written.',
    more: '',
  },
  route: {
    term: 'route',
    topic: 'benchmark',
    short: 'The kinds of process at the two ends of a run, the one that pings and takes the time first.',
    more: '',
  },
  loop: {
    term: 'closed loop / open loop',
    topic: 'benchmark',
    short:
      'Closed: the next ping goes out when the pong is there. Open: pings go out at a fixed rate, whatever became of those before.',
    more: 'A closed loop never forms a queue and counts a stall once. An open loop shows what a stall does to everybody who waits.',
  },
  answer: {
    term: 'fastest, steadiest, nearest its floor',
    topic: 'benchmark',
    short:
      'Fastest: the least median. Steadiest: the least from the median to p99. Nearest its kernel floor: the least ratio.',
    more: 'What can’t be told from the best is named with it. Rounds that disagree give no answer, but what to do.',
  },
  placement: {
    term: 'placement',
    topic: 'benchmark',
    short:
      'Which cores the two processes run on: one and the same, one each, or wherever the scheduler puts them (free).',
    more: 'It often changes a round trip more than the transport does. Compare only what was placed alike.',
  },
  round: {
    term: 'round',
    topic: 'benchmark',
    short:
      'One pass over all runs, with fresh processes. Rounds are interleaved, so that a slow minute hits every run.',
    more: 'Warm-up pings at the beginning of each round are not counted.',
  },
  spread: {
    term: 'spread',
    topic: 'benchmark',
    short: 'How far the medians of the rounds lie apart, as a share of the median.',
    more: 'A difference smaller than the spread is no difference.',
  },
  interval: {
    term: '95 %',
    topic: 'benchmark',
    short: 'The 95 % confidence interval of the median: where it would lie in most repetitions, as the rounds differ.',
    more: 'From drawing whole rounds anew (a cluster bootstrap). Few rounds can’t be made up for: ten say more than three.',
  },
  ratio: {
    term: 'ratio, × floor',
    topic: 'benchmark',
    short: 'Median ÷ floor: how many times the kernel’s own cost the path takes.',
    more: '',
  },
  'lower-bound': {
    term: '≥',
    topic: 'benchmark',
    short: 'A lower bound: pings that were never answered are in the figure with the time that they had waited.',
    more: 'It is so when pings were lost, or when more were due than the path carries (saturated).',
  },
  'within-noise': {
    term: '≈ within the spread',
    topic: 'benchmark',
    short: 'Two results whose difference is no larger than the rounds of either differ among themselves.',
    more: 'Measure more rounds, on placed cores, to tell them apart.',
  },
  'load-route': {
    term: 'messaging route',
    topic: 'load',
    short:
      'A messaging system with its receiver, server and subscriber: what a message crosses on its way to the collector.',
    more: 'Each of them is a process of its own, which can be killed while the load goes on. See docs/routes.md.',
  },
  'route-parts': {
    term: 'receiver, subscriber, collector',
    topic: 'load',
    short:
      'The receiver takes posts and hands them to its system; the subscriber takes them off and posts them to the collector, which counts.',
    more: 'The generator, which posts the load, is a process of its own as well.',
  },
  'end-to-end': {
    term: 'end to end',
    topic: 'load',
    short: 'From just before a record is posted until its message arrives at the collector, on one clock.',
    more: 'The response time ends sooner or later: with the answer to the post, which says that the system has accepted it.',
  },
  pace: {
    term: 'users / constant rate',
    topic: 'load',
    short:
      'Users wait for the answer before they post again (closed loop). At a constant rate posts go out whatever became of those before (open loop).',
    more: 'A slow system gets fewer posts from users, so that its slow moments count less. A constant rate shows them whole.',
  },
  'spawn-rate': {
    term: 'spawn rate',
    topic: 'load',
    short: 'How many users are added each second, until all are there.',
    more: '',
  },
  'schedule-lag': {
    term: 'schedule lag',
    topic: 'load',
    short: 'By how much posts went out later than they were due. It is the generator’s own delay, at a constant rate.',
    more: 'Response times are not counted from it; the corrected ones in the report are.',
  },
  'in-flight': {
    term: 'in flight',
    topic: 'load',
    short: 'Posts that have no answer yet. There is a bound: at a constant rate, what is due beyond it fails.',
    more: 'Receivers and subscribers have bounds of their own, which stand beside what they hold.',
  },
  'back-pressure': {
    term: 'back-pressure',
    topic: 'load',
    short: 'What is slow holds up what comes before it, instead of a queue in memory that grows without end.',
    more: 'Here everything in flight is bounded, and the bound stands beside what is held: a receiver at its bound refuses, and a subscriber at its bound takes no more.',
  },
  'queue-depth': {
    term: 'queued (queue depth)',
    topic: 'load',
    short:
      'Messages that the system has accepted and holds, because nobody has acknowledged them yet. Asked once a second.',
    more: 'It grows while subscriber or collector are slow or away. JetStream, RabbitMQ and the embedded Pub/Sub server tell; the others have no queue, or don’t say.',
  },
  accepted: {
    term: 'accepted',
    topic: 'load',
    short: 'Posts that were answered with 202: the system says that it has the message.',
    more: 'What that means differs from system to system, and so does what it promises.',
  },
  delivered: {
    term: 'delivered',
    topic: 'load',
    short:
      'Messages that have arrived at the collector, at the end of a run those that did exactly once. Counted by id.',
    more: 'Delivered, duplicated, refused, failed and lost add up to what was sent.',
  },
  duplicated: {
    term: 'dup. (duplicated)',
    topic: 'load',
    short: 'Messages that have arrived more than once, counted by id.',
    more: 'Who delivers at least once sends again what was not acknowledged, although it may have arrived.',
  },
  refused: {
    term: 'refused',
    topic: 'load',
    short: 'Posts that the receiver did not take (503 or 4xx), with its reason. They certainly don’t arrive.',
    more: 'A receiver refuses while its system is away, rather than keep what it can’t hand over.',
  },
  'failed-post': {
    term: 'failed',
    topic: 'load',
    short: 'Posts without a clear answer (502, none, no connection), whose message did not arrive.',
    more: 'One that arrived all the same counts as delivered.',
  },
  'lost-message': {
    term: 'lost (of messages)',
    topic: 'load',
    short: 'Messages that were accepted and have not arrived when nothing more had come for 15 s.',
    more: 'While a load runs nobody knows: what is missing may be on its way.',
  },
  'cpu-per-message': {
    term: 'CPU/message',
    topic: 'load',
    short: 'Processor time of all processes of a route, divided by the messages that have arrived over it.',
    more: '',
  },
  promise: {
    term: 'at most once, at least once',
    topic: 'load',
    short:
      'At most once: no message arrives twice, and one may be lost. At least once: what was accepted arrives, perhaps twice.',
    more: 'Durable: also when the server dies. The promises of each system stand in docs/routes.md.',
  },
} as const satisfies Record<string, GlossaryEntry>;

export type GlossaryId = keyof typeof GLOSSARY;
export const GLOSSARY_IDS = Object.keys(GLOSSARY) as GlossaryId[];

export function isGlossaryId(text: string): text is GlossaryId {
  return Object.hasOwn(GLOSSARY, text);
}

/** The entries in which every word of the search stands, by topic; those whose term has them come first. */
export function searchGlossary(search: string): GlossaryId[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const holds = (text: string): boolean => words.every((word) => text.toLowerCase().includes(word));
  const found = GLOSSARY_IDS.filter((id) => {
    const { term, short, more } = GLOSSARY[id];
    return holds(`${term} ${short} ${more}`);
  });
  const named = found.filter((id) => words.length > 0 && holds(GLOSSARY[id].term));
  return [...named, ...found.filter((id) => !named.includes(id))];
}
