// @ts-check
// Makes `resources/traffic.json`: the same 1,000 records of made-up people every time.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from './lib/paths.mjs';

const count = 1_000;
const beginnings = [
  'Ar',
  'Bel',
  'Cor',
  'Dan',
  'El',
  'Far',
  'Gil',
  'Hal',
  'Ir',
  'Jor',
  'Kel',
  'Lor',
  'Mar',
  'Nol',
  'Or',
];
const endings = ['a', 'an', 'dis', 'en', 'ia', 'ik', 'in', 'io', 'is', 'on', 'or', 'us'];
const families = [
  'Ashby',
  'Brann',
  'Castel',
  'Dorran',
  'Estrel',
  'Fenn',
  'Galdar',
  'Hollin',
  'Istvar',
  'Jarrow',
  'Kestan',
];
const places = [
  'Altmere',
  'Brackwater',
  'Cinder Bay',
  'Dunholm',
  'Eastvale',
  'Fernwick',
  'Greyport',
  'Highmoor',
  'Kingsford',
];
const types = ['communitary', 'imported', 'local contact', 'unknown'];
const states = ['asymptomatic', 'mild', 'moderate', 'severe', 'recovered'];

let seed = 20_201_113;
/** Park and Miller's generator: the same on every machine. @param {number} below */
function random(below) {
  seed = (seed * 48_271) % 2_147_483_647;
  return seed % below;
}
/** @template T @param {readonly T[]} list */
const pick = (list) => /** @type {T} */ (list[random(list.length)]);

const records = Array.from({ length: count }, () => ({
  name: `${pick(beginnings)}${pick(endings)} ${pick(families)}`,
  location: pick(places),
  age: random(96),
  infectedtype: pick(types),
  state: pick(states),
}));
const lines = records.map((record) => `  ${JSON.stringify(record)}`);
writeFileSync(path.join(projectRoot, 'resources', 'traffic.json'), `[\n${lines.join(',\n')}\n]\n`);
