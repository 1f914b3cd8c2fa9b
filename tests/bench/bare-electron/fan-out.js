// @ts-check
import { MessageChannelMain, utilityProcess } from 'electron';
import { join } from 'node:path';

/**
 * Sends so many messages a second in all to so many utility processes, in turn, and hears their answers: the browser
 * process of the live view without Bulkhead. Resolves to the share of one core that this process took.
 *
 * @param {{ processes: number, perSecond: number, bytes: number, seconds: number }} options
 */
export async function fanOut({ processes, perSecond, bytes, seconds }) {
  let answers = 0;
  /** @type {import('electron').MessagePortMain[]} */
  const ports = [];
  for (let i = 0; i < processes; i += 1) {
    const child = utilityProcess.fork(join(import.meta.dirname, 'answerer.js'), [], { stdio: 'inherit' });
    await new Promise((ready) => child.once('message', ready));
    const { port1, port2 } = new MessageChannelMain();
    child.postMessage({ cpus: null }, [port2]);
    port1.on('message', () => (answers += 1));
    port1.start();
    ports.push(port1);
  }
  const message = new Uint8Array(bytes);
  const began = performance.now();
  const before = process.cpuUsage();
  let sent = 0;
  await new Promise((done) => {
    const turn = () => {
      const now = performance.now();
      for (; sent < ((now - began) / 1000) * perSecond; sent += 1) ports[sent % processes]?.postMessage(message);
      if (now - began > seconds * 1000) return done(undefined);
      setTimeout(turn, Math.max(0, Math.ceil(began + (sent / perSecond) * 1000 - performance.now())));
    };
    turn();
  });
  const { user, system } = process.cpuUsage(before);
  return { sent, answers, share: (user + system) / 1e6 / ((performance.now() - began) / 1000) };
}
