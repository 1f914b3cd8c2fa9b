import {
  BrowserWindow,
  MessageChannelMain,
  type MessagePortMain,
  protocol,
  type WebContents,
  type WebFrameMain,
} from 'electron';
import { join } from 'node:path';
import { onSiteHello, onSiteInvoke } from '../../../src/main/ipc/handle';
import { SITE_CONTROL_CHANNEL } from '../../../src/shared/ipc-channels';
import { Invokes } from '../../../src/transports/ipc-invoke/invokes';
import { until } from '../wait';
import { type Peer, type PeerKind, PeerTalk } from './peer';

const PAGE =
  '<!doctype html><html lang="en"><meta charset="utf-8"><title>Conformance</title><p>The far end of a channel.</p>';

let started = 0;
const invoked = new Map<number, Invokes>();
const greeted = new Map<number, (frame: WebFrameMain) => void>();

/** A sandboxed renderer with the site preload as it is built, on a page of the built-in scheme. */
export function rendererPeers(outFolder: string): PeerKind {
  protocol.handle('bulkhead', () => new Response(PAGE, { headers: { 'content-type': 'text/html; charset=utf-8' } }));
  onSiteHello((contents, frame) => greeted.get(contents.id)?.(frame));
  onSiteInvoke((contents, to, said) => invoked.get(contents.id)?.take(to, said) ?? null);
  return { name: 'renderer', servesOnce: false, start: () => start(join(outFolder, 'preload', 'site.cjs')) };
}

async function start(preload: string): Promise<Peer> {
  const window = new BrowserWindow({
    show: false,
    // A framed window ends the browser process on a headless display.
    frame: false,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      backgroundThrottling: false,
    },
  });
  started += 1;
  const { webContents } = window;
  const talk = new PeerTalk();
  const invokes = new Invokes();
  invoked.set(webContents.id, invokes);
  let alive = true;
  webContents.on('render-process-gone', () => {
    alive = false;
  });
  const control = controlPort(webContents, talk);
  // Each peer is a site of its own, and so a process of its own.
  await webContents.loadURL(`bulkhead://peer-${started}.test/`);
  await talk.ready();
  const pid = webContents.getOSProcessId();
  const peer: Peer = {
    pid,
    frameRouter: undefined,
    invokes,
    child: undefined,
    get alive() {
      return alive;
    },
    tell: (message, ports = []) => control().postMessage(message, ports as unknown as MessagePortMain[]),
    open: (channelId, ticket, ports) =>
      talk.opened(channelId, (opening) => peer.tell({ kind: 'open', channelId, opening, ticket }, ports)),
    answers: () => talk.answers((message) => peer.tell(message)),
    async kill() {
      if (alive) process.kill(pid, 'SIGKILL');
      await until(() => !alive, 'the renderer is gone after SIGKILL');
      window.destroy();
    },
    async stop() {
      window.destroy();
      alive = false;
      await until(() => window.isDestroyed(), 'the window is gone');
    },
  };
  return peer;
}

/** Answers the preload's hello with a control port, as `RendererHost` does. */
function controlPort(contents: WebContents, talk: PeerTalk): () => MessagePortMain {
  let port: MessagePortMain | null = null;
  greeted.set(contents.id, (frame) => {
    const { port1, port2 } = new MessageChannelMain();
    port1.on('message', ({ data }) => talk.receive(data));
    port1.start();
    port = port1;
    frame.postMessage(SITE_CONTROL_CHANNEL, null, [port2]);
  });
  contents.once('destroyed', () => {
    greeted.delete(contents.id);
    invoked.delete(contents.id);
  });
  return () => {
    if (port === null) throw new Error('The preload has not said hello yet.');
    return port;
  };
}
