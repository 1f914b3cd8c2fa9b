import { EXIT } from '../../shared/bench/exit-code';
import { TRANSPORTS } from '../../shared/transport-catalog';
import { MessageError, words } from '../../shared/messages/message';
import { keepInspectorShut, onUncaught } from '../../node/own-process';
import { followLifeline } from '../../node/lifeline';
import { PlaceTaken, type Server } from './endpoint';
import { type Place, type PlainMethod, readServeOptions } from './options';
import { serveUdp, serveUnixDatagrams } from './serve-datagrams';
import { serveFifo, serveTcp, serveUnixStream } from './serve-streams';

/** `bulkhead serve`: a plain process that answers every message at once, until it is stopped. */

const options = readServeOptions();

function open(method: PlainMethod, place: Place): Server | Promise<Server> {
  const path = place.kind === 'path' ? place.path : '';
  const port = place.kind === 'port' ? place.port : 0;
  switch (method) {
    case 'unix-dgram':
      return serveUnixDatagrams(path);
    case 'unix-stream':
      return serveUnixStream(path);
    case 'fifo':
      return serveFifo(path);
    case 'tcp':
    case 'tcp-delay':
    case 'tcp6':
      return serveTcp(method, port);
    case 'udp':
    case 'udp6':
      return serveUdp(method, port);
  }
}

/** What the operating system alone has said needs words around it. */
function failureText(error: unknown, place: Place): string {
  if (error instanceof MessageError || !(error instanceof Error)) return String((error as Error).message ?? error);
  if (place.kind === 'path') return words('plain.no-place', { path: place.path, cause: error.message });
  const { code } = error as NodeJS.ErrnoException;
  return code === 'EACCES' ? words('plain.low-port', { port: place.port }) : error.message;
}

keepInspectorShut();
try {
  const server = await open(options.method, options.place);
  const stop = (exitCode: number) => {
    server.close();
    console.log(words('plain.stopped', { answered: server.answered() }));
    process.exit(exitCode);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(EXIT.good));
  followLifeline(() => stop(EXIT.good));
  onUncaught((error) => {
    console.error(words('end.server-bug'), error);
    stop(70);
  });
  console.log(
    words('plain.listening', {
      where: server.where,
      method: options.method,
      title: TRANSPORTS[options.method].title,
    }),
  );
  console.log(words('plain.how-to-stop', { pid: process.pid }));
} catch (error) {
  console.error(failureText(error, options.place));
  process.exitCode = error instanceof PlaceTaken ? EXIT.failed : EXIT.unavailable;
}
