import type { Route } from '../route';
import { consume } from './consume';
import { publish } from './publish';

/** The subscriber is the server, so there is no third process. */
export const grpcRoute: Route = { id: 'grpc', publish, consume, server: null };
