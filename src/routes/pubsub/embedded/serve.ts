import { type sendUnaryData, Server, ServerCredentials, type ServerUnaryCall, status } from '@grpc/grpc-js';
import { BACKLOG_LABEL } from '../backlog-label';
import { Broker, checkDeadline } from './broker';
import {
  type PublisherHandlers,
  publisherService,
  type PullStream,
  Refused,
  type StreamingPullRequest,
  type SubscriberHandlers,
  subscriberService,
} from './protocol';

/**
 * A server of Bulkhead's own that speaks Google Pub/Sub's protocol, for machines without Google's emulator. Calls that
 * it doesn't know are refused as UNIMPLEMENTED. Names, codes and redelivery are held against Google's emulator by
 * `tests/routes/pubsub-conformance.test.ts`.
 */

/** A publish request has 10 MB at most, by Google's rules. */
const MAX_REQUEST_BYTES = 10 * 1024 * 1024;

export interface EmbeddedServer {
  /** `host:port` */
  address: string;
  close(): Promise<void>;
}

/** Rejects when the folder can't be used or the address is taken. */
export async function serveEmbedded(settings: { host: string; port: number; folder: string }): Promise<EmbeddedServer> {
  const broker = await Broker.open(settings.folder);
  const server = new Server({ 'grpc.max_receive_message_length': MAX_REQUEST_BYTES });
  server.addService(publisherService, publisherHandlers(broker));
  server.addService(subscriberService, subscriberHandlers(broker));
  const wanted = `${settings.host}:${settings.port}`;
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync(wanted, ServerCredentials.createInsecure(), (error, got) =>
      error === null ? resolve(got) : reject(new Error(`The server can't listen on ${wanted}: ${error.message}`)),
    );
  });
  return {
    address: `${settings.host}:${port}`,
    async close() {
      server.forceShutdown();
      await broker.close();
    },
  };
}

/** A handler that answers with what `handle` gives, or with why it refuses. */
function answer<Request, Response>(handle: (request: Request) => Response | Promise<Response>) {
  return ({ request }: ServerUnaryCall<Request, Response>, callback: sendUnaryData<Response>): void => {
    void (async () => {
      try {
        callback(null, await handle(request));
      } catch (error) {
        if (error instanceof Refused) callback({ code: error.code, details: error.details });
        else callback({ code: status.INTERNAL, details: error instanceof Error ? error.message : String(error) });
      }
    })();
  };
}

function publisherHandlers(broker: Broker): PublisherHandlers {
  return {
    createTopic: answer(async ({ name }) => {
      await broker.createTopic(name);
      return { name };
    }),
    getTopic: answer(({ topic }) => {
      broker.topic(topic);
      return { name: topic };
    }),
    deleteTopic: answer(async ({ topic }) => {
      await broker.deleteTopic(topic);
      return {};
    }),
    listTopics: answer(({ project }) => ({
      topics: broker.topicsOf(project).map((name) => ({ name })),
      nextPageToken: '',
    })),
    publish: answer(async ({ topic, messages }) => ({ messageIds: await broker.publish(topic, messages) })),
  };
}

function subscriberHandlers(broker: Broker): SubscriberHandlers {
  return {
    createSubscription: answer((wanted) => broker.createSubscription(wanted)),
    getSubscription: answer(({ subscription }) => {
      const { wire, backlog } = broker.subscription(subscription);
      return { ...wire, labels: { [BACKLOG_LABEL]: String(backlog) } };
    }),
    deleteSubscription: answer(async ({ subscription }) => {
      await broker.deleteSubscription(subscription);
      return {};
    }),
    listSubscriptions: answer(({ project }) => ({
      subscriptions: broker.subscriptionsOf(project),
      nextPageToken: '',
    })),
    acknowledge: answer(({ subscription, ackIds }) => {
      broker.acknowledge(broker.subscription(subscription), ackIds);
      return {};
    }),
    modifyAckDeadline: answer(({ subscription, ackIds, ackDeadlineSeconds }) => {
      checkDeadline(ackDeadlineSeconds, 0);
      broker.subscription(subscription).modifyDeadline(ackIds, ackDeadlineSeconds);
      return {};
    }),
    streamingPull: (call) => streamingPull(broker, call),
  };
}

/** The first request names the subscription and its limits; the later ones acknowledge and move deadlines. */
function streamingPull(broker: Broker, call: PullStream): void {
  let begun: { subscription: ReturnType<Broker['subscription']>; leave: () => void } | null = null;

  function begin(request: StreamingPullRequest): void {
    checkDeadline(request.streamAckDeadlineSeconds, 10);
    const subscription = broker.subscription(request.subscription);
    const stream = subscription.open(call, {
      ackDeadlineSeconds: request.streamAckDeadlineSeconds,
      messages: request.maxOutstandingMessages,
      bytes: request.maxOutstandingBytes,
    });
    begun = { subscription, leave: () => subscription.leave(stream) };
    subscription.pump();
  }

  function goOn(request: StreamingPullRequest, { subscription }: NonNullable<typeof begun>): void {
    if (request.ackIds.length > 0) broker.acknowledge(subscription, request.ackIds);
    for (const [index, ackId] of request.modifyDeadlineAckIds.entries())
      subscription.modifyDeadline([ackId], request.modifyDeadlineSeconds[index] ?? 0);
  }

  const leave = () => begun?.leave();
  call.on('data', (request: StreamingPullRequest) => {
    try {
      if (begun === null) begin(request);
      else goOn(request, begun);
    } catch (error) {
      leave();
      call.emit('error', error);
    }
  });
  call.on('cancelled', leave);
  call.on('error', leave);
  call.on('end', () => {
    leave();
    call.end();
  });
}
