import { expect, test } from 'vitest';
import { chooseRoutes, nameOnRoute, ROUTES, routesOf } from './routes';

test('every route is named after its ends, the pinging one first; no renderer takes the time', () => {
  for (const [route, { pinger, answerer }] of Object.entries(ROUTES)) {
    expect(route).toBe(`${pinger}-${answerer}`);
    expect(pinger).not.toBe('renderer');
  }
});

test('a method goes between two plugins, unless it has routes of its own', () => {
  expect(routesOf('fifo')).toEqual(['plugin-plugin']);
  expect(routesOf('utility-post')).toEqual(['plugin-browser']);
  expect(routesOf('ipc-invoke')).toEqual(['browser-renderer']);
  expect(routesOf('message-port')).toEqual(['plugin-plugin', 'plugin-renderer', 'browser-plugin', 'browser-renderer']);
});

test('a method that was named takes its main route, and a full run all', () => {
  expect(chooseRoutes('message-port', null, false)).toEqual(['plugin-plugin']);
  expect(chooseRoutes('message-port', null, true)).toHaveLength(4);
  expect(chooseRoutes('message-port', ['all'], false)).toHaveLength(4);
});

test('routes that were named are taken in the method’s order, where it has them', () => {
  expect(chooseRoutes('message-port', ['browser-renderer', 'plugin-plugin'], false)).toEqual([
    'plugin-plugin',
    'browser-renderer',
  ]);
  expect(chooseRoutes('fifo', ['browser-renderer'], true)).toEqual([]);
});

test('only a route that is not the main one is part of the name', () => {
  expect(nameOnRoute({ method: 'message-port', route: 'plugin-plugin' })).toBe('message-port');
  expect(nameOnRoute({ method: 'message-port', route: 'plugin-renderer' })).toBe('message-port plugin-renderer');
  expect(nameOnRoute({ method: 'ipc-invoke', route: 'browser-renderer' })).toBe('ipc-invoke');
});
