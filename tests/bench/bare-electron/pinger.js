// @ts-check
import { pin } from './pin.js';

process.parentPort.on('message', ({ data, ports: [port] }) => {
  if (port === undefined) return;
  const { bytes, warmup, cycles, cpus } = data;
  pin(cpus);
  const message = new Uint8Array(bytes).map((_, i) => (i * 131 + 17) & 0xff);
  const times = new Float64Array(cycles);
  /** @type {[number, number]} */
  let sent = [0, 0];
  let count = -warmup;
  port.on('message', () => {
    const now = process.hrtime();
    if (count >= 0) times[count] = (now[0] - sent[0]) * 1e9 + (now[1] - sent[1]);
    count += 1;
    if (count < cycles) send();
    else process.parentPort.postMessage({ rttNs: [...times] });
  });
  port.start();
  send();

  function send() {
    sent = process.hrtime();
    port?.postMessage(message);
  }
});
process.parentPort.postMessage('ready');
