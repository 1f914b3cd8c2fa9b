import type { RouteId } from '../../shared/routes/route-catalog';

export const URL_EXAMPLES: Readonly<Record<RouteId, string>> = {
  http: 'http://HOST:PORT/',
  grpc: 'HOST:PORT',
  nats: 'nats://HOST:4222',
  rabbitmq: 'amqp://USER:PASSWORD@HOST:5672',
  pubsub: 'pubsub://HOST:PORT, or pubsub://google-cloud/PROJECT',
};

/** Whether a route's library can make something of `text`. One that can't says so late, badly, or never. */
export function urlFits(route: RouteId, text: string): boolean {
  switch (route) {
    case 'http':
      return parsed(text, ['http:']) !== null;
    case 'grpc':
      return /^[^\s/@]+:\d{1,5}$/.test(text);
    case 'nats':
      // The servers of a cluster, with a comma between them: only NATS's client takes several.
      return text.split(',').every((each) => parsed(each.trim(), ['nats:', 'tls:']) !== null);
    case 'rabbitmq':
      return parsed(text, ['amqp:', 'amqps:']) !== null;
    case 'pubsub': {
      const url = parsed(text, ['pubsub:']);
      if (url === null) return false;
      return url.hostname === 'google-cloud' ? /^\/[^/]+$/.test(url.pathname) : url.port !== '';
    }
  }
}

function parsed(text: string, protocols: readonly string[]): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return protocols.includes(url.protocol) && url.hostname !== '' ? url : null;
}
