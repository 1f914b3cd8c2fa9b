import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { atPaths, atPorts } from '../../scripts/launch/plain-options.mjs';
import { routeModes } from '../../scripts/launch/route-options.mjs';
import { usage } from '../../scripts/launch/usage.mjs';
import { WRITTEN_FORMATS } from '../../src/shared/bench-window/result-formats';
import { EXPORT_FORMAT_IDS, EXPORT_FORMATS } from '../../src/shared/export-formats';
import { ROUTE_CATALOG, ROUTE_IDS } from '../../src/shared/routes/route-catalog';
import { SERVED_TRANSPORTS, TRANSPORT_IDS, TRANSPORTS } from '../../src/shared/transport-catalog';

// The launcher reads its arguments before anything is built, so it has lists of its own.

test('serve and ping take the methods that the catalogue says can be served, where it says', () => {
  const at = (place: string) => SERVED_TRANSPORTS.filter((id) => TRANSPORTS[id].serve === place);
  expect(atPaths).toEqual(at('path'));
  expect(atPorts).toEqual(at('port'));
});

test('route takes the routes and modes of the catalogue, and its usage names them', () => {
  expect(routeModes).toEqual(
    Object.fromEntries(ROUTE_IDS.map((id) => [id, ROUTE_CATALOG[id].modes.map((mode) => mode.id)])),
  );
  for (const id of ROUTE_IDS) expect(usage.route).toContain(id);
});

test('the usage of serve names them all', () => {
  for (const id of SERVED_TRANSPORTS) expect(usage.serve).toContain(id);
});

test('every floor of the catalogue is a method of bulkhead-floor, and each of its methods is one', () => {
  const source = readFileSync(join(import.meta.dirname, '../../native/src/floor/methods.c'), 'utf8');
  const methods = [...source.matchAll(/^ {4}\{"([\w-]+)",/gm)].map(([, name]) => name);
  const floors = TRANSPORT_IDS.flatMap((id) => TRANSPORTS[id].floor ?? []);
  expect(methods.toSorted()).toEqual([...new Set(floors)].toSorted());
});

test('the usage of bench has an option for each format that needs no window', () => {
  for (const format of WRITTEN_FORMATS) expect(usage.bench).toContain(`--${format} `);
});

test('the README names the exports and their keys', () => {
  const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
  const formats = EXPORT_FORMAT_IDS.map((id) => EXPORT_FORMATS[id]);
  const row = [formats.map(({ key }) => key), formats.map(({ name }) => name)].map((words) => words.join(', '));
  expect(readme).toMatch(new RegExp(`\\| Ctrl\\+Shift\\+${row[0]} +\\| export as ${row[1]} +\\|`));
});

test('no two exports have one key', () => {
  const keys = EXPORT_FORMAT_IDS.map((id) => EXPORT_FORMATS[id].key);
  expect(new Set(keys).size).toBe(keys.length);
});
