import type { RouteId } from '../shared/routes/route-catalog';
import type { Route } from './route';

/** Each loads its client library when it is asked for: a process uses one. */
const ROUTES: Readonly<Record<RouteId, () => Promise<Route>>> = {
  http: async () => (await import('./http/route')).httpRoute,
  grpc: async () => (await import('./grpc/route')).grpcRoute,
  nats: async () => (await import('./nats/route')).natsRoute,
  pubsub: async () => (await import('./pubsub/route')).pubsubRoute,
  rabbitmq: async () => (await import('./rabbitmq/route')).rabbitmqRoute,
};

export function loadRoute(id: RouteId): Promise<Route> {
  return ROUTES[id]();
}
