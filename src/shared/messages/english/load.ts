import { formatBytes, formatCount, formatDuration, formatList, plural } from '../../format';

interface Judged {
  title: string;
  accepted: number;
}

/** The routes and the load on them. */
export const LOAD = {
  'load.running-already': () => 'A load is running. Stop it first, or wait for its end.',
  'load.none-running': () => 'No load is running.',
  'load.no-users': () => 'This load has a constant rate and no users. Start another one to change it.',
  'load.locust-users': () => 'Locust posts with users, not at a constant rate.',
  'load.locust-running': ({ workers }: { workers: number }) =>
    workers === 0 ? 'Locust posts …' : `Locust posts, over ${workers} workers …`,
  'load.no-route': ({ cause }: { cause: string }) => `None of these routes can be had. ${cause}`,
  'load.generator-gone': () =>
    'The generator ended in the middle of the load, and with it what it knew of each post. Start the load again.',
  'load.receiver': () => 'Takes posts and hands them to the messaging system',
  'load.subscriber': () => 'Takes messages off the messaging system and posts them to the collector',
  'load.collector': () => 'Counts what arrives, by route and id',
  'load.generator': () => 'Posts the records',
  'load.server': ({ name }: { name: string }) => `The messaging system’s own program, ${name}`,
  'load.not-running': ({ name }: { name: string }) => `“${name}” is not running.`,
  'load.would-not-start': ({ name, said }: { name: string; said: string }) => `“${name}” would not start: ${said}`,
  'load.silent-receiver': () => 'Its receiver does not say that it is connected.',
  'load.no-result': () => 'There is no result to save. Let a load run to its end first.',

  'load.verdict-kept': (p: Judged & { delivery: string; duplicated: number; anyway: number }) =>
    `${p.title} promised to deliver ${p.delivery}, and kept it: all ${formatCount(p.accepted)} accepted messages arrived${p.duplicated === 0 ? '' : `, ${formatCount(p.duplicated)} ${plural(p.duplicated, { one: 'message', other: 'messages' })} more than once`}${p.anyway === 0 ? '' : `; so did ${formatCount(p.anyway)} whose post was not answered so`}.`,
  'load.verdict-broken': (p: Judged & { lost: number }) =>
    `${p.title} promised to deliver at least once, and did not keep it: ${formatCount(p.lost)} of ${formatCount(p.accepted)} accepted messages were lost.`,
  'load.verdict-undurable': (p: Judged & { lost: number }) =>
    `${p.title} promised to deliver at least once as long as its server lives, because it keeps nothing on disk: ${formatCount(p.lost)} of ${formatCount(p.accepted)} accepted messages were lost.`,
  'load.verdict-lost': (p: Judged & { lost: number }) =>
    `${p.title} promised to deliver at most once, which allows for loss: ${formatCount(p.lost)} of ${formatCount(p.accepted)} accepted messages were lost.`,
  'load.verdict-twice': (p: Judged & { duplicated: number }) =>
    `${p.title} promised to deliver at most once, and did not keep it: ${formatCount(p.duplicated)} of ${formatCount(p.accepted)} accepted messages arrived more than once.`,
  'load.verdict-open': (p: Judged & { delivery: string; lost: number }) =>
    `${p.title} promises to deliver ${p.delivery}. It was stopped while ${formatCount(p.lost)} of ${formatCount(p.accepted)} accepted messages had not arrived, so nothing can be said of these.`,
  'load.verdict-nothing': ({ title, sent }: { title: string; sent: number }) =>
    `${title} accepted none of ${formatCount(sent)} messages, so there was nothing to keep.`,
  'load.verdict-unknown': (p: Judged & { cause: string }) =>
    `Of the ${formatCount(p.accepted)} messages that ${p.title} accepted nobody knows how many arrived in the end. ${p.cause}`,
  'load.verdict-unavailable': ({ title, cause }: { title: string; cause: string }) => `${title} took no part. ${cause}`,
  'load.threshold-held': ({ threshold, ms }: { threshold: string; ms: number }) =>
    `Threshold held: ${threshold} (${formatDuration(ms * 1e6)})`,
  'load.threshold-failed': ({ threshold, ms }: { threshold: string; ms: number }) =>
    `Threshold failed: ${threshold} (${formatDuration(ms * 1e6)})`,
  'load.threshold-unchecked': ({ threshold }: { threshold: string }) =>
    `Threshold not checked: ${threshold} (nothing was measured)`,
  'load.unknown-route': ({ route, routes }: { route: string; routes: readonly string[] }) =>
    `There is no route “${route}”. There are: ${formatList(routes)}; or all. See: bulkhead load --help`,
  'load.unknown-mode': (p: { route: string; mode: string; modes: readonly string[] }) =>
    `The route ${p.route} has no mode “${p.mode}”. It has: ${formatList(p.modes)}. See: bulkhead load --help`,
  'load.route-left-out': ({ route }: { route: string }) =>
    `A mode or threshold is on the route “${route}”, which --routes leaves out. See: bulkhead load --help`,
  'load.unavailable': ({ title, cause, install }: { title: string; cause: string; install: string | null }) =>
    `${title} can’t be had. ${cause}${install === null ? '' : ` Install it with: ${install}`}`,
  'load.up': ({ title, url, processes }: { title: string; url: string; processes: readonly string[] }) =>
    `${title}: ${url} (${processes.join(', ')})`,
  'load.process': ({ role, pid }: { role: string; pid: number | null }) => `${role} ${pid ?? 'starting'}`,
  'load.starting': ({ titles }: { titles: readonly string[] }) => `Starting ${formatList(titles)} …`,
  'load.bad-record': ({ line, problem }: { line: number; problem: string }) =>
    `Line ${line} of the file is left out. ${problem}`,
  'load.bad-records': ({ count }: { count: number }) => `${formatCount(count)} records are left out in all.`,
  'load.chosen-failed': ({ path, cause }: { path: string; cause: string }) => `${path} can’t be sent. ${cause}`,
  'load.settling': ({ missing }: { missing: number }) =>
    `All is posted; waiting for ${formatCount(missing)} messages that have not arrived.`,
  'load.interrupted': () => 'Stopping. What is on its way is waited for; Ctrl+C again leaves at once.',
  'load.event': ({ atS, text }: { atS: number; text: string }) => `${atS.toFixed(1)} s: ${text}`,
  'load.progress': (p: { seconds: number; users: number; routes: readonly string[] }) =>
    `${p.seconds.toFixed(0)} s, ${formatCount(p.users)} users: ${p.routes.join('; ')}`,
  'load.progress-route': (p: { route: string; sent: number; delivered: number; failures: number; perSecond: number }) =>
    `${p.route} ${formatCount(p.sent)} sent, ${formatCount(p.delivered)} delivered, ${formatCount(p.failures)} refused or failed, ${p.perSecond.toFixed(0)}/s`,
  'load.serve-collector': ({ url }: { url: string }) => `Collector: ${url} (GET ${url}stats says what has arrived)`,
  'load.serve-how': ({ url }: { url: string }) =>
    `Post records there, for example: curl -H 'Content-Type: application/json' -d '{"name":"A","location":"B","age":3,"infectedtype":"unknown","state":"mild"}' ${url}`,
  'load.serve-stop': ({ pid }: { pid: number }) => `Stop it with Ctrl+C, or: kill ${pid}`,
  'load.serve-count': ({ path, arrived }: { path: string; arrived: number }) =>
    `${path}: ${formatCount(arrived)} arrived`,
  'load.no-collector': () => 'The collector would not start.',
  'load.save-title': () => 'Save the result of the load',
  'load.choose-title': () => 'Choose a file of records',
  'load.csv-folder': () => 'Choose a folder for the CSV files',
  'load.no-file': () => 'It is no file. Name a JSON file with a list of records.',
  'load.file-missing': () =>
    'There is no such file. Look for a slip in its name; without one 1,000 records of Bulkhead’s own are sent.',
  'load.file-not-allowed': () => 'You may not read it. Name a file that you may read, or ask its owner.',
  'load.file-link-to-itself': () => 'It is a link that leads back to itself. Name the file itself.',
  'load.file-unreadable': ({ cause }: { cause: string }) =>
    `It could not be read: ${cause}. Try again, or name another file.`,
  'load.file-too-large': ({ maxBytes }: { maxBytes: number }) => `At most ${formatBytes(maxBytes)} are read.`,
  'load.file-records': () => 'Records as JSON',
};
