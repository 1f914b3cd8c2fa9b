import { formatCount, formatDuration, formatList, formatSeconds } from '../../format';

interface Caused {
  cause: string;
}

/** What the benchmark's own processes say: refusals of the command line, ends, notes on what was measured. */
export const BENCHMARK = {
  'bench-command.no-method': ({ method, methods }: { method: string; methods: readonly string[] }) =>
    `There is no method “${method}”. There are: ${formatList(methods)}.`,
  'bench-command.no-route': (p: { route: string; routes: readonly string[]; all: string }) =>
    `There is no route “${p.route}”. There are: ${formatList(p.routes)}; or ${p.all}.`,
  'bench-command.other-route': (p: { method: string; route: string; routes: readonly string[] }) =>
    `The method ${p.method} has no route ${p.route}. It has: ${formatList(p.routes)}.`,
  'bench-command.threshold-left-out': ({ threshold, option }: { threshold: string; option: string }) =>
    `The threshold “${threshold}” is on a method that ${option} leaves out.`,
  'bench-command.see-help': ({ cause }: Caused) => `${cause} See: bulkhead bench --help`,
  'bench-command.threshold': ({ verdict }: { verdict: string }) => `Threshold ${verdict}`,
  'bench-command.threshold-unchecked': ({ threshold }: { threshold: string }) =>
    `not checked: ${threshold} (nothing was measured)`,
  'bench-command.written': ({ path }: { path: string }) => `Results written to ${path}`,
  'bench-command.measured': () => 'Measured.',

  'thread.main-only': () =>
    "It has its end in a process's main thread: it is Chromium's own, or an addon that only one thread may load. Measure it with --thread main.",
  'placement.one-process': () =>
    'There is one process only: the kernel answers on the core that asks. Use --placement same-core or free.',
  'placement.linux-only': ({ platform }: { platform: string }) =>
    `Placing processes on cores works on Linux only, and this is ${platform}. Use --placement free.`,
  'placement.unknown-cpus': () =>
    'The CPUs that Bulkhead may use could not be read from /proc/self/status. Use --placement free.',
  'placement.one-core': () =>
    'Two cores are needed for cross-core, and Bulkhead may use one only. Use --placement same-core or free.',
  'placement.threads-of-one': ({ cpus }: { cpus: ReadonlyArray<number> }) =>
    `Two cores are needed for cross-core, and the CPUs that Bulkhead may use (${cpus.join(', ')}) are threads of one. Use --placement same-core or free.`,
  'placement.failed': (
    p: { who: 'self' | 'renderer'; cpus: ReadonlyArray<number>; how: 'addon' | 'taskset' } & Caused,
  ) =>
    `${PLACED[p.who]} could not be placed on CPU ${p.cpus.join(', ')} with ${p.how === 'addon' ? 'the native addon' : p.how}: ${p.cause}. Use --placement free.`,
  'placement.misplaced': ({ cpus, granted }: { cpus: ReadonlyArray<number>; granted: string }) =>
    `The kernel placed a thread on CPU ${granted} instead of ${cpus.join(', ')}. Use --placement free.`,

  'run.too-large': (p: { title: string; maxBytes: number; bytes: number }) =>
    `${p.title} carries at most ${p.maxBytes} bytes in one message, not ${p.bytes}.`,
  'run.no-floor-asked': () => 'It was not asked for.',
  'run.no-floor': () => "It is Chromium's own mechanism: there is no counterpart without the runtime.",
  'run.no-plain-floor': () => 'Two plain processes are measured as they are; bulkhead bench measures the floor.',
  'run.floor-not-measured': () => 'It was not measured.',
  'run.interrupted': () => 'It was interrupted.',
  'run.other-end-gone': () => 'The other end is gone.',
  'run.channel-broke': ({ cause }: Caused) => `The channel broke: ${cause}.`,
  'run.warm-up-unanswered': ({ cause }: Caused) => `The warm-up was not answered. ${cause}`,
  'run.unanswered': ({ pings }: { pings: number }) => `${pings} pings in a row were not answered, so it was given up.`,
  /** `how`: what became of it. */
  'child.gone': ({ name, how }: { name: string; how: string }) => `The ${name} ${how}.`,
  'child.late': ({ name, step, limitMs }: { name: string; step: string; limitMs: number }) =>
    `The ${name} did not get to “${step}” within ${formatSeconds(limitMs)}.`,
  'child.exited': ({ exitCode }: { exitCode: number }) => `ended unexpectedly with code ${exitCode}`,
  'child.renderer-died': ({ reason, exitCode }: { reason: string; exitCode: number }) =>
    `ended unexpectedly (${reason}, code ${exitCode})`,
  'child.page-not-loaded': ({ cause }: Caused) => `did not load its page (${cause})`,
  /** `end`: a signal, or a code. */
  'child.plain-died': ({ signal, exitCode }: { signal: string | null; exitCode: number | null }) =>
    `The child process that answers ended unexpectedly with ${signal ?? `code ${exitCode}`}.`,
  'child.plain-not-started': ({ cause }: Caused) => `The child process that answers could not be started: ${cause}`,

  'note.medians-disagree': ({ leastNs, mostNs }: { leastNs: number; mostNs: number }) =>
    `The rounds disagree: their medians lie between ${formatDuration(leastNs)} and ${formatDuration(mostNs)}, so the median, and its ratio to the floor, are known no better than their 95 % intervals say.`,
  'note.ratios-disagree': ({ least, most }: { least: number; most: number }) =>
    `The rounds disagree: their ratios to the floor lie between ${least.toFixed(2)} and ${most.toFixed(2)}, so the ratio is known no better than its 95 % interval says.`,
  'note.place-them': ({ found, rounds }: { found: string; rounds: number }) =>
    `${found} Placed freely both ends may share a core in one round and not in the next. Place them (--placement same-core), and measure more rounds (--rounds ${rounds}).`,
  'note.more-rounds': ({ found, rounds }: { found: string; rounds: number }) =>
    `${found} Something else wanted these cores meanwhile. Close what else runs, and measure more rounds (--rounds ${rounds}).`,
  'note.overload': ({ notSent, due }: { notSent: number; due: number }) =>
    `Overload: ${formatCount(notSent)} of ${formatCount(due)} pings were due and could not be sent. They are in the figures with the time that they waited at least; what is marked ≥ is a lower bound. Ask for fewer per second (--rate) or for less in each (--size).`,
  'note.coarse-clock': ({ stepNs, p50Ns }: { stepNs: number; p50Ns: number }) =>
    `The clock is too coarse: it steps by ${Math.round(stepNs)} ns, and the median is ${Math.round(p50Ns)} ns. Don't compare these figures; measure more per cycle, or on another machine.`,

  'plain.wrong-kind': ({ path }: { path: string }) =>
    `${path} is there already and is something else. Name another path, or remove it yourself.`,
  'plain.served-already': ({ where }: { where: string }) =>
    `Something else serves ${where} already. Stop it first, or choose another place.`,
  'plain.no-place': ({ path, cause }: { path: string } & Caused) =>
    `Nothing can listen at ${path}: ${cause}. Check that its folder exists and is yours, or name another path.`,
  'plain.low-port': ({ port }: { port: number }) =>
    `You may not listen on port ${port}: low ports are root's. Choose one above 1023, or 0 for any free one.`,
  'plain.other-client': ({ path }: { path: string }) =>
    `There is another client at ${path} already, and a named pipe serves one at a time. Wait for it, or stop it.`,
  'plain.no-pipe': () => 'there is no named pipe',
  'plain.nobody': ({ where, method, cause }: { where: string; method: string } & Caused) =>
    `Nobody could be reached at ${where}: ${cause}. Start a server there first: bulkhead serve --method ${method} ${where}`,
  'plain.socket-not-made': ({ path, cause }: { path: string } & Caused) =>
    `The socket ${path} could not be made (${cause}). Check that its folder exists and is yours.`,
  'plain.pipe-not-made': ({ path, cause }: { path: string } & Caused) =>
    `The named pipe ${path} could not be made: ${cause}. Check that its folder exists and is yours.`,
  'plain.stopped': ({ answered }: { answered: number }) => `Stopped. ${formatCount(answered)} messages answered.`,
  'plain.listening': ({ where, method, title }: { where: string; method: string; title: string }) =>
    `Listening on ${where} (${method}, ${title}). Every message is answered at once.`,
  'plain.how-to-stop': ({ pid }: { pid: number }) => `Stop it with Ctrl+C, or: kill ${pid}`,
  'plain.within': (p: { goalNs: number; within: number; samples: number }) =>
    `Within ${formatDuration(p.goalNs)}: ${p.within} of ${p.samples} (${((p.within / p.samples) * 100).toFixed(2)} %)`,
};

const PLACED = { self: 'This process', renderer: 'The renderer' } as const;
