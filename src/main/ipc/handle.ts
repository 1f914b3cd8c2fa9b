import { ipcMain, type WebContents, type WebFrameMain } from 'electron';
import { requestChannel, SITE_HELLO_CHANNEL, SITE_INVOKE_CHANNEL } from '../../shared/ipc-channels';
import { type RequestArgs, type RequestName, requestSchemas, type RequestResults } from '../../shared/ipc-contract';

/** Answers one request. Arguments are checked before it is called. */
export type RequestHandlers = {
  [N in RequestName]: (...args: RequestArgs<N>) => RequestResults[N] | Promise<RequestResults[N]>;
};

/**
 * Answers every request of the contract: from the main frame of the shell's own web contents and nobody else, with
 * arguments that fit the schema and no others.
 */
export function handleRequests(shell: WebContents, handlers: RequestHandlers): void {
  for (const name of Object.keys(requestSchemas) as RequestName[]) handleRequest(shell, name, handlers[name]);
}

function handleRequest<N extends RequestName>(shell: WebContents, name: N, handler: RequestHandlers[N]): void {
  ipcMain.handle(requestChannel(name), (event, ...args: unknown[]) => {
    if (!isMainFrameOf(shell, event))
      throw new Error(`The request ${name} was refused: it did not come from the shell's own page.`);
    const parsed = requestSchemas[name].safeParse(args);
    if (!parsed.success)
      throw new Error(
        `The request ${name} was refused: its arguments are not right (${parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}).`,
      );
    return (handler as (...checked: unknown[]) => unknown)(...(parsed.data as unknown[]));
  });
}

/** Hears the hello of site preloads; `accept` is called with main frames only. */
export function onSiteHello(accept: (contents: WebContents, frame: WebFrameMain) => void): void {
  ipcMain.on(SITE_HELLO_CHANNEL, (event) => {
    const frame = event.senderFrame;
    if (frame !== null && isMainFrameOf(event.sender, event)) accept(event.sender, frame);
  });
}

/**
 * Answers the invokes of site preloads: frames of the `ipc-invoke` transport and an address, neither of which is looked
 * at here. `answer` is called for main frames only; to any other nothing is answered, as by a channel that is closed.
 */
export function onSiteInvoke(answer: (contents: WebContents, to: unknown, said: unknown) => unknown): void {
  ipcMain.handle(SITE_INVOKE_CHANNEL, (event, to: unknown, said: unknown) =>
    isMainFrameOf(event.sender, event) ? answer(event.sender, to, said) : null,
  );
}

function isMainFrameOf(
  contents: WebContents,
  event: { sender: WebContents; senderFrame: WebFrameMain | null },
): boolean {
  return (
    event.sender === contents &&
    event.senderFrame !== null &&
    event.senderFrame.routingId === contents.mainFrame.routingId &&
    event.senderFrame.processId === contents.mainFrame.processId
  );
}
