import { MessageChannelMain, utilityProcess } from 'electron';
import { join } from 'node:path';
import { clockOrigin } from '../../../src/node/clock';
import type { ProcessHello } from '../../../src/shared/control';
import { FrameRouter } from '../../../src/transports/utility-post/frame-router';
import { until } from '../wait';
import { type Peer, type PeerKind, PeerTalk } from './peer';

/** The echo plugin as it is built, in a utility process. */
export function pluginPeers(outFolder: string): PeerKind {
  return {
    name: 'plugin',
    servesOnce: false,
    start: () => start(join(outFolder, 'main', 'plugins', 'echo', 'index.js')),
  };
}

let started = 0;

async function start(entry: string): Promise<Peer> {
  started += 1;
  const child = utilityProcess.fork(entry, [], { serviceName: `conformance-echo-${started}`, stdio: 'inherit' });
  const talk = new PeerTalk();
  let alive = true;
  child.on('exit', () => {
    alive = false;
  });
  // A fatal V8 error is followed by the exit itself; without a listener it would throw here.
  child.on('error', () => undefined);
  const frameRouter = new FrameRouter((message) => child.postMessage(message));
  child.on('message', (data: unknown) => void frameRouter.take(data));
  const { port1: control, port2: far } = new MessageChannelMain();
  control.on('message', ({ data }) => talk.receive(data));
  control.start();
  child.postMessage({ clock: clockOrigin() } satisfies ProcessHello, [far]);
  await talk.ready();
  const pid = child.pid;
  if (pid === undefined) throw new Error('The utility process has no pid, though it said that it is ready.');
  const gone = (what: string) => until(() => !alive, `the plugin process is gone after ${what}`);
  const peer: Peer = {
    pid,
    frameRouter,
    invokes: undefined,
    child: undefined,
    get alive() {
      return alive;
    },
    tell: (message, ports = []) => control.postMessage(message, ports as unknown as Electron.MessagePortMain[]),
    open: (channelId, ticket, ports) =>
      talk.opened(channelId, (opening) => peer.tell({ kind: 'open', channelId, opening, ticket }, ports)),
    answers: () => talk.answers((message) => peer.tell(message)),
    async kill() {
      if (alive) process.kill(pid, 'SIGKILL');
      await gone('SIGKILL');
    },
    async stop() {
      if (alive) peer.tell({ kind: 'shutdown' });
      await gone('being asked to end');
    },
  };
  return peer;
}
