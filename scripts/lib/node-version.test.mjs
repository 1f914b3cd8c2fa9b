// @ts-check
import { expect, test } from 'vitest';
import { nodeVersionProblem } from './node-version.mjs';

test.each(['20.19.0', '20.20.2', '22.12.0', '23.0.0', '24.1.0'])('Node %s will do', (version) => {
  expect(nodeVersionProblem(version)).toBeNull();
});

test.each(['18.19.0', '20.18.3', '21.7.3', '22.11.0'])("Node %s won't, and the person reads which would", (version) => {
  expect(nodeVersionProblem(version)).toMatch(/needs Node 20\.19.*this is/);
});
