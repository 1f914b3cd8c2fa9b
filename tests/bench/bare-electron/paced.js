// @ts-check
import { utilityProcess } from 'electron';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listenOver } from './paths.js';

/**
 * Pings one utility process from the main thread at a rate, one ping under way at a time, and nothing else: what a live
 * channel is held against. Resolves to the round trips, nanoseconds.
 *
 * @param {{ transport: string, bytes: number, perSecond: number, seconds: number }} options
 */
export async function paced({ transport, bytes, perSecond, seconds }) {
  const directory = mkdtempSync(join(tmpdir(), 'bare-'));
  const path = { transport, directory, bytes };
  const child = utilityProcess.fork(join(import.meta.dirname, 'paced-answerer.js'), [], { stdio: 'inherit' });
  await new Promise((ready) => child.once('message', ready));
  /** @type {number[]} */
  const rttNs = [];
  let [underWay, heard] = [false, 0];
  /** @type {[number, number]} */
  let sent = [0, 0];
  const send = await listenOver(
    path,
    () => child.postMessage(path),
    (/** @type {Uint8Array} */ chunk) => {
      const now = process.hrtime();
      heard += chunk.byteLength;
      if (heard < bytes) return;
      rttNs.push((now[0] - sent[0]) * 1e9 + (now[1] - sent[1]));
      underWay = false;
    },
  );
  const message = new Uint8Array(bytes);
  const timer = setInterval(() => {
    if (underWay) return;
    [underWay, heard] = [true, 0];
    sent = process.hrtime();
    send(message);
  }, 1000 / perSecond);
  await new Promise((done) => setTimeout(done, seconds * 1000));
  clearInterval(timer);
  rmSync(directory, { recursive: true });
  return { rttNs };
}
