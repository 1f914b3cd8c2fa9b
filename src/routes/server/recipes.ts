import type { RouteId } from '../../shared/routes/route-catalog';
import type { ServerRecipe } from './recipe';

/** How to run each route's server, without its client library: for whoever supervises processes. Null: it has none. */
const RECIPES: Readonly<Record<RouteId, (() => Promise<ServerRecipe>) | null>> = {
  http: null,
  grpc: null,
  nats: async () => (await import('../nats/server')).natsServer,
  pubsub: async () => (await import('../pubsub/server')).pubsubServer,
  rabbitmq: async () => (await import('../rabbitmq/server')).rabbitmqServer,
};

export async function serverRecipe(route: RouteId): Promise<ServerRecipe | null> {
  return (await RECIPES[route]?.()) ?? null;
}
