import type { RequestHandlers } from '../ipc/handle';

type LoadRequestName = Extract<keyof RequestHandlers, `load:${string}`>;

/** What each request that concerns the load does. */
export type LoadRequests = Pick<RequestHandlers, LoadRequestName>;
