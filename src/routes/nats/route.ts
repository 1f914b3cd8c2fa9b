import type { Route } from '../route';
import { consumeCore, publishCore } from './core';
import { consumeJetStream, publishJetStream } from './jetstream';
import { natsServer } from './server';

export const natsRoute: Route = {
  id: 'nats',
  publish: (options) => (options.mode === 'jetstream' ? publishJetStream(options) : publishCore(options)),
  consume: (options, deliver) =>
    options.mode === 'jetstream' ? consumeJetStream(options, deliver) : consumeCore(options, deliver),
  server: natsServer,
};
