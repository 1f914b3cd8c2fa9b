// @ts-check
/**
 * A ping-pong over a MessageChannelMain between two utility processes, and nothing else: what `message-port` can't be
 * faster than. Prints the round trips as JSON. Started by ../message-port.mjs.
 */
import { app, MessageChannelMain, utilityProcess } from 'electron';
import { join } from 'node:path';
import { fanOut } from './fan-out.js';
import { paced } from './paced.js';
import { sayHello } from './hello.js';

const options = JSON.parse(process.env['BARE_OPTIONS'] ?? '{}');

app.on('window-all-closed', () => undefined);
void app.whenReady().then(async () => {
  if (options.hello !== undefined) return sayHello(options.hello.frame);
  if (options.fanOut !== undefined || options.paced !== undefined) {
    const result = await (options.paced === undefined ? fanOut(options.fanOut) : paced(options.paced));
    process.stdout.write(`${JSON.stringify(result)}\n`, () => app.exit(0));
    return;
  }
  const fork = (/** @type {string} */ entry) =>
    utilityProcess.fork(join(import.meta.dirname, entry), [], { stdio: 'inherit' });
  const answerer = fork('answerer.js');
  const pinger = fork('pinger.js');
  const { port1, port2 } = new MessageChannelMain();
  let ready = 0;
  for (const child of [answerer, pinger]) {
    child.on('message', (message) => {
      if (message === 'ready') {
        ready += 1;
        if (ready === 2) {
          answerer.postMessage({ cpus: options.cpus?.answerer ?? null }, [port1]);
          pinger.postMessage({ ...options, cpus: options.cpus?.pinger ?? null }, [port2]);
        }
      } else {
        process.stdout.write(`${JSON.stringify(message)}\n`, () => app.exit(0));
      }
    });
    child.on('exit', (code) => {
      console.error(`A process ended early, with code ${code}.`);
      app.exit(1);
    });
  }
});
