import { ipcMain, type WebContents, type WebFrameMain } from 'electron';
import { requestChannel, SITE_HELLO_CHANNEL, SITE_INVOKE_CHANNEL } from '../../shared/ipc-channels';
import { type RequestArgs, type RequestName, requestSchemas, type RequestResults } from '../../shared/ipc-contract';
import { SHELL_ORIGIN } from '../scheme';

/** Answers one request. Arguments are checked before it is called. */
export type RequestHandlers = {
  [N in RequestName]: (...args: RequestArgs<N>) => RequestResults[N] | Promise<RequestResults[N]>;
};

/** A document that may have channels: of a built-in site or a remote one. */
const SITE_ADDRESS = /^(bulkhead|https):\/\//;
const SHELL_ADDRESS = new RegExp(`^${SHELL_ORIGIN}/`);

/**
 * Answers every request of the contract: from the shell's own page, in the main frame of its own web contents, and nobody
 * else, with arguments that fit the schema and no others.
 */
export function handleRequests(shell: WebContents, handlers: RequestHandlers): void {
  for (const name of Object.keys(requestSchemas) as RequestName[]) handleRequest(shell, name, handlers[name]);
}

function handleRequest<N extends RequestName>(shell: WebContents, name: N, handler: RequestHandlers[N]): void {
  ipcMain.handle(requestChannel(name), (event, ...args: unknown[]) => {
    if (event.sender !== shell || mainFrameAt(SHELL_ADDRESS, event) === null)
      throw new Error(`The request ${name} was refused: it did not come from the shell's own page.`);
    const parsed = requestSchemas[name].safeParse(args);
    if (!parsed.success)
      throw new Error(
        `The request ${name} was refused: its arguments are invalid (${parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}).`,
      );
    return (handler as (...checked: unknown[]) => unknown)(...(parsed.data as unknown[]));
  });
}

/** Hears the hello of site preloads; `accept` is called with main frames at a site only. */
export function onSiteHello(accept: (contents: WebContents, frame: WebFrameMain) => void): void {
  ipcMain.on(SITE_HELLO_CHANNEL, (event) => {
    const frame = mainFrameAt(SITE_ADDRESS, event);
    if (frame !== null) accept(event.sender, frame);
  });
}

/**
 * Answers the invokes of site preloads: frames of the `ipc-invoke` transport and an address, neither of which is looked
 * at here. `answer` is called for main frames at a site only; to any other nothing is answered, as by a channel that is
 * closed.
 */
export function onSiteInvoke(answer: (contents: WebContents, to: unknown, said: unknown) => unknown): void {
  ipcMain.handle(SITE_INVOKE_CHANNEL, (event, to: unknown, said: unknown) =>
    mainFrameAt(SITE_ADDRESS, event) === null ? null : answer(event.sender, to, said),
  );
}

/** The frame that an event came from, if it is the main frame of its web contents and its document is at such an address. */
function mainFrameAt(
  address: RegExp,
  { sender, senderFrame }: { sender: WebContents; senderFrame: WebFrameMain | null },
): WebFrameMain | null {
  if (senderFrame === null || sender.isDestroyed()) return null;
  try {
    const { mainFrame } = sender;
    const isMain = senderFrame.routingId === mainFrame.routingId && senderFrame.processId === mainFrame.processId;
    return isMain && address.test(senderFrame.url) ? senderFrame : null;
  } catch {
    // The frame went away while its message was on its way; up to Electron 34 its properties throw then.
    return null;
  }
}
