import type {
  handleBidiStreamingCall,
  handleUnaryCall,
  Metadata,
  ServerDuplexStream,
  ServiceDefinition,
  UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { fromJSON } from '@grpc/proto-loader';
import source from '@google-cloud/pubsub/build/protos/protos.json?raw';

/** Google's protocol as its client library carries it. Of its messages these are the parts that the embedded server knows. */

export interface Timestamp {
  seconds: number;
  nanos: number;
}

export interface PubsubMessage {
  data: Buffer;
  attributes: Record<string, string>;
  messageId: string;
  publishTime: Timestamp | null;
  orderingKey: string;
}

export interface TopicWire {
  name: string;
}

export interface SubscriptionWire {
  name: string;
  topic: string;
  ackDeadlineSeconds: number;
  labels?: Record<string, string>;
}

export interface StreamingPullRequest {
  subscription: string;
  ackIds: string[];
  modifyDeadlineSeconds: number[];
  modifyDeadlineAckIds: string[];
  streamAckDeadlineSeconds: number;
  maxOutstandingMessages: number;
  maxOutstandingBytes: number;
}

export interface StreamingPullResponse {
  receivedMessages: Array<{ ackId: string; message: PubsubMessage; deliveryAttempt: number }>;
}

export type PullStream = ServerDuplexStream<StreamingPullRequest, StreamingPullResponse>;

interface Page {
  pageSize: number;
  pageToken: string;
}

export interface PublisherHandlers extends UntypedServiceImplementation {
  createTopic: handleUnaryCall<TopicWire, TopicWire>;
  getTopic: handleUnaryCall<{ topic: string }, TopicWire>;
  deleteTopic: handleUnaryCall<{ topic: string }, object>;
  listTopics: handleUnaryCall<Page & { project: string }, { topics: TopicWire[]; nextPageToken: string }>;
  publish: handleUnaryCall<{ topic: string; messages: PubsubMessage[] }, { messageIds: string[] }>;
}

export interface SubscriberHandlers extends UntypedServiceImplementation {
  createSubscription: handleUnaryCall<SubscriptionWire, SubscriptionWire>;
  getSubscription: handleUnaryCall<{ subscription: string }, SubscriptionWire>;
  deleteSubscription: handleUnaryCall<{ subscription: string }, object>;
  listSubscriptions: handleUnaryCall<
    Page & { project: string },
    { subscriptions: SubscriptionWire[]; nextPageToken: string }
  >;
  acknowledge: handleUnaryCall<{ subscription: string; ackIds: string[] }, object>;
  modifyAckDeadline: handleUnaryCall<{ subscription: string; ackIds: string[]; ackDeadlineSeconds: number }, object>;
  streamingPull: handleBidiStreamingCall<StreamingPullRequest, StreamingPullResponse>;
}

const definition = fromJSON(JSON.parse(source) as Parameters<typeof fromJSON>[0], {
  longs: Number,
  enums: String,
  defaults: true,
  oneofs: true,
});

export const publisherService = definition['google.pubsub.v1.Publisher'] as ServiceDefinition;
export const subscriberService = definition['google.pubsub.v1.Subscriber'] as ServiceDefinition;

/** What a call ends with when it is refused. */
export class Refused extends Error {
  readonly code: number;
  readonly details: string;
  readonly metadata?: Metadata;

  constructor(code: number, details: string) {
    super(details);
    this.code = code;
    this.details = details;
  }
}
