// @ts-check
import { pin } from './pin.js';

process.parentPort.on('message', ({ data, ports: [port] }) => {
  pin(data.cpus);
  port?.on('message', (event) => port.postMessage(event.data));
  port?.start();
});
process.parentPort.postMessage('ready');
