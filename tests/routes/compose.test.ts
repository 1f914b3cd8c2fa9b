import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { modeOf, ROUTE_IDS, type RouteId } from '../../src/shared/routes/route-catalog';
import { findProgram } from '../../src/routes/server/find-program';

/** The compose files are well formed, and what they tell the programs is what those know. Nothing is run. */

const root = resolve(import.meta.dirname, '../..');
const folder = join(root, 'deploy/compose');
const files = readdirSync(folder).filter((name) => name !== 'common.yml');
const dockerCompose = findProgram('docker-compose');

test('there is one for each route, and one for all', () => {
  expect(files.toSorted()).toEqual([...ROUTE_IDS, 'all'].map((id) => `${id}.yml`).toSorted());
});

describe.each(files)('%s', (name) => {
  const file = join(folder, name);
  const text = readFileSync(file, 'utf8');
  const routes = name === 'all.yml' ? [...ROUTE_IDS] : [name.replace('.yml', '') as RouteId];

  test('docker-compose accepts it', ({ skip }) => {
    if (dockerCompose === null)
      skip('docker-compose is not installed. Install it with: sudo apt-get install docker-compose');
    const config = (...more: string[]) =>
      execFileSync(dockerCompose as string, ['--profile', 'load', '-f', file, 'config', ...more], { encoding: 'utf8' });
    config('-q');
    const services = config('--services').trim().split('\n');
    for (const each of ['collector', 'locust-master', 'locust-worker', ...routes.map((route) => `${route}-receiver`)])
      expect(services).toContain(each);
  });

  test('its settings name routes, modes and programs that there are', () => {
    const settings = [...text.matchAll(/BULKHEAD_ROUTE_SETTINGS: '(.*)'/g)].map(
      ([, json]) => JSON.parse(json ?? '') as { route: RouteId; mode: string },
    );
    expect(new Set(settings.map(({ route }) => route))).toEqual(new Set(routes));
    for (const { route, mode } of settings) expect(modeOf(route, mode)?.id).toBe(mode);
    for (const [, program] of text.matchAll(/out\/main\/routes\/([a-z-]+)\.js/g))
      expect(existsSync(join(root, `src/routes/programs/${program}.ts`))).toBe(true);
  });

  test('ports are published on the loopback interface only', () => {
    const published = [...text.matchAll(/ports: \['([^']+)'\]/g)].map(([, port]) => port);
    expect(published.length).toBeGreaterThan(0);
    for (const port of published) expect(port).toMatch(/^127\.0\.0\.1:/);
  });
});
