import { app } from 'electron';
import type { Shutdown } from './shutdown';
import { words } from '../shared/messages/message';

/** Chromium restarts it at once; dozens of times a second when it can't live. A person who kills it is slower. */
const DEATHS = 40;
const WITHIN_MS = 5000;

/** Nothing loads and nothing can be drawn without Chromium's network service, and Chromium itself never gives up. */
export function endOnDeadNetworkService(shutDown: Shutdown): void {
  const diedMs: number[] = [];
  let told = false;
  app.on('child-process-gone', (_event, { serviceName }) => {
    if (serviceName !== 'network.mojom.NetworkService' || told) return;
    const nowMs = performance.now();
    diedMs.push(nowMs);
    if (diedMs.length > DEATHS) diedMs.shift();
    if (diedMs.length < DEATHS || nowMs - (diedMs[0] ?? 0) > WITHIN_MS) return;
    told = true;
    console.error(words('end.network-service'));
    shutDown.request(1);
  });
}
