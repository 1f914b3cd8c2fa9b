import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { until } from '../wait';
import { type Peer, type PeerKind, PeerTalk } from './peer';

/** Plain child processes. Each has one stdin and stdout, and so serves one opening. */
export function childPeers(bundle: string): PeerKind {
  return { name: 'child', servesOnce: true, start: () => start(join(bundle, 'child.js')) };
}

async function start(entry: string): Promise<Peer> {
  const child = spawn(process.execPath, [entry], {
    stdio: ['pipe', 'pipe', 'inherit', 'ipc'],
    serialization: 'advanced',
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  const talk = new PeerTalk();
  let alive = true;
  child.once('exit', () => {
    alive = false;
  });
  child.on('message', (data) => {
    if (!isPrinted(data)) talk.receive(data);
  });
  await talk.ready();
  const { pid } = child;
  if (pid === undefined) throw new Error('The child has no pid, though it said that it is ready.');
  const gone = (what: string) => until(() => !alive, `the child process is gone after ${what}`);
  const peer: Peer = {
    pid,
    frameRouter: undefined,
    invokes: undefined,
    child,
    get alive() {
      return alive;
    },
    tell(message) {
      if (child.connected) child.send(message);
    },
    open: (channelId, ticket) =>
      talk.opened(channelId, (opening) => peer.tell({ kind: 'open', channelId, opening, ticket })),
    answers: () => talk.answers((message) => peer.tell(message)),
    async kill() {
      if (alive) process.kill(pid, 'SIGKILL');
      await gone('SIGKILL');
    },
    async stop() {
      peer.tell({ kind: 'shutdown' });
      await gone('being asked to end');
    },
  };
  return peer;
}

function isPrinted(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'printed';
}

/** Has the child print something on its stdout that is no frame. Settles when it has. */
export async function haveChildPrint(child: ChildProcess, bytes: Uint8Array): Promise<void> {
  let printed = false;
  const hear = (data: unknown) => {
    printed ||= isPrinted(data);
  };
  child.on('message', hear);
  child.send({ kind: 'print', bytes });
  await until(() => printed, 'the child has printed');
  child.off('message', hear);
}
