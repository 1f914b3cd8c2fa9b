import {
  type ClientDuplexStream,
  type ClientWritableStream,
  type Client,
  type handleBidiStreamingCall,
  type handleClientStreamingCall,
  type handleUnaryCall,
  loadPackageDefinition,
  type requestCallback,
  type ClientUnaryCall,
  type CallOptions,
  type ServiceClientConstructor,
  type ServiceDefinition,
} from '@grpc/grpc-js';
import { fromJSON } from '@grpc/proto-loader';
import protobuf from 'protobufjs';
import type { RouteMessage } from '../../shared/routes/message';
import source from './relay.proto?raw';

/** `relay.proto`, compiled in memory: the bundle has no file of it. */

export interface WireMessage {
  run: string;
  number: number;
  postedNs: number;
  clock: string;
  record: RouteMessage['record'];
  sequence: number;
}

export interface Receipt {
  sequence: number;
  collected: boolean;
  reason: string;
  mayHaveArrived: boolean;
}

export interface Summary {
  taken: number;
}

export interface RelayClient extends Client {
  send(message: WireMessage, options: CallOptions, callback: requestCallback<Receipt>): ClientUnaryCall;
  sendStream(callback: requestCallback<Summary>): ClientWritableStream<WireMessage>;
  exchange(): ClientDuplexStream<WireMessage, Receipt>;
}

export interface RelayHandlers {
  send: handleUnaryCall<WireMessage, Receipt>;
  sendStream: handleClientStreamingCall<WireMessage, Summary>;
  exchange: handleBidiStreamingCall<WireMessage, Receipt>;
}

const definition = fromJSON(protobuf.parse(source).root.toJSON(), { longs: Number, defaults: true });

export const relayService = definition['bulkhead.routes.Relay'] as ServiceDefinition;

type Packages = { bulkhead: { routes: { Relay: ServiceClientConstructor } } };
export const RelayClientConstructor = (loadPackageDefinition(definition) as unknown as Packages).bulkhead.routes
  .Relay as unknown as new (...parameters: ConstructorParameters<ServiceClientConstructor>) => RelayClient;

export function toWire(message: RouteMessage, sequence = 0): WireMessage {
  return { ...message, sequence };
}
