import { setTimeout as delay } from 'node:timers/promises';
import { EXIT } from '../../shared/bench/exit-code';
import type { RouteChoice } from '../../shared/load/form';
import { render, say } from '../../shared/messages/message';
import { StandardOutput } from '../standard-output';
import type { LoadService } from './load-service';

const COUNT_EVERY_MS = 5_000;

/** `bulkhead load --serve`: says where the routes are, and counts what anybody posts, until it is stopped. */
export async function serve(
  service: LoadService,
  chosen: readonly RouteChoice[],
  signal: AbortSignal,
): Promise<number> {
  const output = new StandardOutput();
  const told = (text: string) => output.write(`${text.replaceAll(/[\u202f\u00a0]/g, ' ')}\n`);
  const { collector } = service;
  if (collector === null) return EXIT.failed;
  told(render(say('load.serve-collector', { url: collector.url })));
  for (const { route } of chosen) {
    const runner = service.runners.get(route);
    if (runner !== undefined && runner.status.kind !== 'unavailable') told(`${route} ${runner.url}`);
  }
  const first = service.runners.get(chosen[0]?.route ?? 'http');
  if (first !== undefined) told(render(say('load.serve-how', { url: first.url })));
  told(render(say('load.serve-stop', { pid: process.pid })));
  let before = '';
  while (!signal.aborted) {
    await delay(COUNT_EVERY_MS, undefined, { signal }).catch(() => undefined);
    const lines = countLines(service);
    const text = lines.join('\n');
    if (text !== before && text !== '') told(text);
    before = text;
  }
  await output.flush();
  return EXIT.good;
}

function countLines(service: LoadService): string[] {
  const paths = service.collector?.stats?.paths ?? {};
  return Object.entries(paths).map(([path, { distinct, withoutId }]) =>
    render(say('load.serve-count', { path, arrived: distinct + withoutId })),
  );
}
