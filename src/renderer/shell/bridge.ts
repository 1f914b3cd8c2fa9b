import type { Outcome, RequestArgs, RequestName, RequestResults, ShellApi } from '../../shared/ipc-contract';
import { render, say } from '../../shared/messages/message';
import { useShell } from './store/shell-store';

declare global {
  interface Window {
    readonly bulkhead: ShellApi;
  }
}

/** Sends a request to the browser process. */
export function request<N extends RequestName>(name: N, ...args: RequestArgs<N>): Promise<RequestResults[N]> {
  return window.bulkhead.request(name, ...args);
}

/** The requests that are answered with an `Outcome`. */
type ActionName = { [N in RequestName]: RequestResults[N] extends Outcome ? N : never }[RequestName];

/** Asks for something on the person's behalf; a refusal is said in the status line. True when it was done. */
export async function act<N extends ActionName>(name: N, ...args: RequestArgs<N>): Promise<boolean> {
  const outcome = await attempt(name, ...args);
  if (!outcome.ok) useShell.getState().say('bad', render(outcome.message));
  return outcome.ok;
}

/** The same, with the refusal left to the caller to show where it belongs. */
export async function attempt<N extends ActionName>(name: N, ...args: RequestArgs<N>): Promise<Outcome> {
  try {
    return (await request(name, ...args)) as Outcome;
  } catch (error) {
    return { ok: false, message: say('request.refused', { request: name, cause: messageOf(error) }) };
  }
}

/** What went wrong, for a person: Electron wraps a handler's message in its own. */
export function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/^Error invoking remote method '[^']*': (?:\w*Error: )?/, '');
}
