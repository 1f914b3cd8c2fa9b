import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { Account } from '../../../src/shared/routes/ledger';
import { modeOf, type RouteId } from '../../../src/shared/routes/route-catalog';
import { loadRoute } from '../../../src/routes/registry';
import { freePort } from '../../../src/routes/server/find-program';
import type { ServerPlan } from '../../../src/routes/server/recipe';
import { namePrograms } from '../../../src/routes/server/own-program';
import { RunningServer } from '../../../src/routes/server/run-server';
import { ProgramProcess, type Report } from './program';

export const TRAFFIC = join(import.meta.dirname, '../../../resources/traffic.json');

/** A route from end to end: its server, receiver and subscriber; posts to a collector that others may share. */
export interface Rig {
  path: string;
  receiver: ProgramProcess;
  receiverUrl: string;
  subscriber: ProgramProcess | null;
  server: RunningServer | null;
  /** Starts a subscriber anew, with the same settings. */
  newSubscriber(): Promise<ProgramProcess>;
  close(): Promise<void>;
}

export async function startRig(
  route: RouteId,
  mode: string,
  collectorUrl: string,
  limits: { maxInFlight?: number; receiverTimeoutMs?: number; subscriberTimeoutMs?: number } = {},
): Promise<Rig> {
  const { server, plan, removeFolder } = await startServer(route, mode);
  const path = mode === modeOf(route)?.id ? route : `${route}-${mode}`;
  const url = plan?.url ?? (route === 'http' ? collectorUrl : `127.0.0.1:${await freePort()}`);
  const maxInFlight = limits.maxInFlight ?? 1_000;
  const newSubscriber = async () => {
    const timeoutMs = limits.subscriberTimeoutMs ?? 5_000;
    const made = new ProgramProcess('subscriber', {
      route,
      mode,
      url,
      collector: collectorUrl,
      path,
      maxInFlight,
      timeoutMs,
    });
    await made.url();
    return made;
  };
  const subscriber = route === 'http' ? null : await newSubscriber();
  const timeoutMs = limits.receiverTimeoutMs ?? 10_000;
  const receiver = new ProgramProcess('receiver', { route, mode, url, maxInFlight, timeoutMs });
  const receiverUrl = await receiver.url();
  const rig: Rig = {
    path,
    receiver,
    receiverUrl,
    subscriber,
    server,
    newSubscriber,
    async close() {
      await server?.stop();
      removeFolder();
    },
  };
  await untilConnected(receiver);
  return rig;
}

async function startServer(
  route: RouteId,
  mode: string,
): Promise<{ server: RunningServer | null; plan: ServerPlan | null; removeFolder: () => void }> {
  namePrograms(inject('programs'));
  const recipe = (await loadRoute(route)).server;
  if (recipe === null) return { server: null, plan: null, removeFolder: () => undefined };
  const found = recipe.find(mode);
  if ('missing' in found) throw new Error(found.missing);
  const folder = mkdtempSync(join(tmpdir(), 'bulkhead-rig-'));
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  const plan = await recipe.plan(found.file, folder, mode);
  const server = new RunningServer(plan);
  try {
    await server.start();
  } catch (error) {
    await server.stop();
    removeFolder();
    throw error;
  }
  return { server, plan, removeFolder };
}

export async function untilConnected(receiver: ProgramProcess): Promise<void> {
  await receiver.next(({ type, away }) => type === 'stats' && away === null);
}

/** Why a route can't be tested here; null when it can. */
export async function missingServer(route: RouteId, mode?: string): Promise<string | null> {
  namePrograms(inject('programs'));
  const found = (await loadRoute(route)).server?.find(mode);
  return found !== undefined && 'missing' in found ? `${found.missing} Install it with: ${found.install}` : null;
}

export interface Result extends Report {
  lanes: Array<{ path: string; account: Account }>;
}

export function startLoad(
  targets: Array<Pick<Rig, 'path' | 'receiverUrl'>>,
  collector: string,
  settings: object,
): ProgramProcess {
  return new ProgramProcess('generator', {
    file: TRAFFIC,
    collector,
    targets: targets.map(({ path, receiverUrl }) => ({ path, url: receiverUrl })),
    ...settings,
  });
}

export async function resultOf(generator: ProgramProcess): Promise<Result> {
  const result = (await generator.report(({ type }) => type === 'result')) as Result;
  if (result['problem'] !== undefined) throw new Error(String(result['problem']));
  return result;
}

export function sumOf({ delivered, duplicated, refused, failed, lost, unfinished }: Account): number {
  return delivered + duplicated + refused + failed + lost + unfinished;
}
