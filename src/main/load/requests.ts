import { say } from '../../shared/messages/message';
import type { RequestHandlers } from '../ipc/handle';

type LoadRequestName = Extract<keyof RequestHandlers, `load:${string}`>;

/** What each request that concerns the load does. */
export type LoadRequests = Pick<RequestHandlers, LoadRequestName>;

/** Until there is a service: everything is refused with a reason. */
export function refuseLoad(): LoadRequests {
  const refuse = () => ({ ok: false, message: say('load.none-running') }) as const;
  const fail = () => ({ status: 'failed', message: say('load.none-running') }) as const;
  return {
    'load:prepare': refuse,
    'load:start': refuse,
    'load:stop': refuse,
    'load:users': refuse,
    'load:reset': refuse,
    'load:close': refuse,
    'load:choose-file': fail,
    'load:save': fail,
  };
}
