import { createServer, type Server } from 'node:net';
import { identityOf, PlaceTaken } from './endpoint';
import { say } from '../../shared/messages/message';

/**
 * Takes the one client's place at a FIFO, or rejects because somebody has it: of two, each would read the other's
 * answers. The place is a name in Linux's abstract namespace, which goes with its process however that ends, and leaves
 * no file. Elsewhere nobody is kept out.
 */
export async function takeOnlyPlace(path: string): Promise<void> {
  if (process.platform !== 'linux') return;
  const place = createServer((visitor) => visitor.destroy());
  await new Promise<void>((resolve, reject) => {
    place.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new PlaceTaken(say('plain.other-client', { path })) : error),
    );
    place.listen(`\0bulkhead-fifo-${identityOf(path) ?? path}`, resolve);
  });
  held.push(place);
  place.unref();
}

/** Until this process ends. */
const held: Server[] = [];
