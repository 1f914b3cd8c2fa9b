/**
 * The routes, as facts: ways for a message to cross a messaging system from one process to another. The code that uses
 * each system is in `src/routes/<id>/`; what it means is in `docs/routes.md`.
 */

export const ROUTE_IDS = ['http', 'grpc', 'nats', 'rabbitmq', 'pubsub'] as const;
export type RouteId = (typeof ROUTE_IDS)[number];

export interface RoutePromise {
  /** What an accepted message may count on as long as nothing else than the route's own processes dies. */
  delivery: 'at most once' | 'at least once';
  /** Accepted messages outlive the death of the route's server. */
  durable: boolean;
  /** Messages arrive in the order in which they were accepted, while nothing dies and one subscriber takes them. */
  ordered: boolean;
  /** When the receiver answers "accepted". */
  accepted: string;
  /** What the death of the server does, or of the process that stands for one. */
  serverDeath: string;
}

export interface RouteMode {
  id: string;
  title: string;
  /** The system tells how many messages it holds. */
  tellsQueue: boolean;
  promise: RoutePromise;
}

export interface RouteInfo {
  id: RouteId;
  title: string;
  /** The client library that the receiver and the subscriber use. */
  client: string;
  /** The program between them, or null where there is none. */
  server: string | null;
  /** The variable that names a server which somebody else runs, and so keeps Bulkhead from starting one. */
  serverVariable: string | null;
  /** How a person gets the server on Debian, or null when there is nothing to get. */
  install: string | null;
  /** The ways of using it; the first is the one that is taken when none is named. */
  modes: readonly [RouteMode, ...RouteMode[]];
}

export const ROUTE_CATALOG: Readonly<Record<RouteId, RouteInfo>> = {
  http: {
    id: 'http',
    title: 'HTTP',
    client: 'Node.js',
    server: null,
    serverVariable: null,
    install: null,
    modes: [
      {
        id: 'direct',
        title: 'Direct',
        tellsQueue: false,
        promise: {
          delivery: 'at most once',
          durable: false,
          ordered: false,
          accepted: 'the collector has counted it',
          serverDeath: 'There is no server. While the collector is away every post is refused; none is repeated.',
        },
      },
    ],
  },
  grpc: {
    id: 'grpc',
    title: 'gRPC',
    client: '@grpc/grpc-js',
    server: null,
    serverVariable: null,
    install: null,
    modes: [
      {
        id: 'unary',
        title: 'Unary',
        tellsQueue: false,
        promise: {
          delivery: 'at most once',
          durable: false,
          ordered: false,
          accepted: 'the collector has counted it',
          serverDeath:
            'The server is in the subscriber. A call whose answer is missing is reported as unconfirmed, and new ones are refused until it is back.',
        },
      },
      {
        id: 'client-stream',
        title: 'Client streaming',
        tellsQueue: false,
        promise: {
          delivery: 'at most once',
          durable: false,
          ordered: true,
          accepted: 'the client has taken it for the stream, which gives no receipt for it',
          serverDeath:
            'The server is in the subscriber. Whatever had been written and not yet handed on is lost, and only the count at the end tells how much.',
        },
      },
      {
        id: 'bidirectional',
        title: 'Bidirectional streaming',
        tellsQueue: false,
        promise: {
          delivery: 'at most once',
          durable: false,
          ordered: true,
          accepted: 'the collector has counted it, as the receipt for it says',
          serverDeath:
            'The server is in the subscriber. Messages without a receipt are reported as unconfirmed, and new ones are refused until it is back.',
        },
      },
    ],
  },
  nats: {
    id: 'nats',
    title: 'NATS',
    client: '@nats-io/transport-node',
    server: 'nats-server',
    serverVariable: 'BULKHEAD_NATS_URL',
    install: 'sudo apt-get install -y --no-install-recommends nats-server',
    modes: [
      {
        id: 'core',
        title: 'Core',
        tellsQueue: false,
        promise: {
          delivery: 'at most once',
          durable: false,
          ordered: true,
          accepted: 'the server has read it, whether or not anybody subscribes',
          serverDeath: 'What the server had read and not yet passed on is lost, without a word to anybody.',
        },
      },
      {
        id: 'jetstream',
        title: 'JetStream',
        tellsQueue: true,
        promise: {
          delivery: 'at least once',
          durable: true,
          ordered: true,
          accepted: 'the server has acknowledged that it lies in the stream’s file',
          serverDeath: 'Accepted messages are delivered once it is back, some of them twice.',
        },
      },
    ],
  },
  rabbitmq: {
    id: 'rabbitmq',
    title: 'RabbitMQ',
    client: 'amqplib',
    server: 'rabbitmq-server',
    serverVariable: 'BULKHEAD_AMQP_URL',
    install: 'sudo apt-get install -y --no-install-recommends rabbitmq-server',
    modes: [
      {
        id: 'confirmed',
        title: 'Durable queue, confirms, manual acknowledgement',
        tellsQueue: true,
        promise: {
          delivery: 'at least once',
          durable: true,
          ordered: true,
          accepted: 'the server has confirmed that it lies in the durable queue',
          serverDeath: 'Accepted messages are delivered once it is back, some of them twice.',
        },
      },
    ],
  },
  pubsub: {
    id: 'pubsub',
    title: 'Google Pub/Sub',
    client: '@google-cloud/pubsub',
    server: 'pubsub-server',
    serverVariable: 'PUBSUB_EMULATOR_HOST',
    install: 'gcloud components install pubsub-emulator',
    modes: [
      {
        id: 'embedded',
        title: 'Embedded server of Bulkhead’s own',
        tellsQueue: true,
        promise: {
          delivery: 'at least once',
          durable: true,
          ordered: false,
          accepted: 'the embedded server has it in its journal on the disk',
          serverDeath: 'Accepted messages are delivered once it is back, some of them twice.',
        },
      },
      {
        id: 'emulator',
        title: 'Google’s emulator',
        tellsQueue: false,
        promise: {
          delivery: 'at least once',
          durable: false,
          ordered: false,
          accepted: 'the emulator has it in its memory',
          serverDeath: 'The emulator keeps nothing: what it had accepted and not yet passed on is lost.',
        },
      },
      {
        id: 'cloud',
        title: 'Google Cloud',
        tellsQueue: false,
        promise: {
          delivery: 'at least once',
          durable: true,
          ordered: false,
          accepted: 'Google has stored it in at least one zone',
          serverDeath: 'Google runs the servers; Bulkhead has none to kill.',
        },
      },
    ],
  },
};

/** A mode of a route by its id; the first one for undefined; null when the route has none of that name. */
export function modeOf(route: RouteId, mode?: string): RouteMode | null {
  const { modes } = ROUTE_CATALOG[route];
  return mode === undefined ? modes[0] : (modes.find(({ id }) => id === mode) ?? null);
}
