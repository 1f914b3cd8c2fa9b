import { expect, test } from 'vitest';
import { urlFits } from './url-fits';

test.each([
  ['http', 'http://collector:4000/'],
  ['grpc', '127.0.0.1:0'],
  ['grpc', 'grpc-subscriber:50051'],
  ['grpc', '[::1]:5'],
  ['nats', 'nats://127.0.0.1:4222'],
  ['nats', 'nats://u:p@a:4222, tls://b'],
  ['rabbitmq', 'amqp://guest:guest@127.0.0.1:5672'],
  ['rabbitmq', 'amqps://u:p@cluster/vhost?frameMax=0'],
  ['pubsub', 'pubsub://pubsub-server:8085'],
  ['pubsub', 'pubsub://google-cloud/my-project'],
] as const)('%s takes %s', (route, url) => expect(urlFits(route, url)).toBe(true));

test.each([
  ['http', 'nonsense'],
  ['http', 'ftp://c/'],
  ['grpc', 'nonsense'],
  ['grpc', 'http://a:1'],
  ['nats', 'nonsense'],
  ['nats', 'nats:a'],
  ['nats', 'nats://a,nonsense'],
  ['nats', 'nats://a:99999'],
  ['rabbitmq', 'u:secret@host'],
  ['rabbitmq', 'nats://a'],
  ['pubsub', 'localhost:8085'],
  ['pubsub', 'pubsub://localhost'],
  ['pubsub', 'pubsub://google-cloud/'],
] as const)('%s refuses %s', (route, url) => expect(urlFits(route, url)).toBe(false));
