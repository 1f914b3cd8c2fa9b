import { expect, test } from 'vitest';
import { parseCommand } from './options.mjs';

/** @param {string[]} args */
const parse = (...args) => parseCommand(['load', ...args], '/somewhere');

test('without options: 50 users on all routes, each record once', () => {
  expect(parse()).toEqual({
    command: 'load',
    request: {
      routes: null,
      modes: {},
      form: {
        pace: { kind: 'users', users: 50, spawnRate: 10, waitMs: [200, 900] },
        distribute: 'all',
        loop: false,
        durationS: null,
        file: null,
        maxInFlight: 500,
      },
      engine: { kind: 'embedded' },
      thresholds: [],
      serve: null,
    },
    output: { json: null, csv: null, html: null },
  });
});

test('what is asked for is read', () => {
  const parsed = parse(
    ...['--routes', 'nats,rabbitmq', '--mode', 'nats=jetstream', '--rate', '100', '--file', 'a.json', '--loop'],
    ...['--duration', '2.5', '--json', '-', '--csv', 'out', '--distribute', 'balance'],
    ...['--threshold', 'nats.p95<50ms', '--threshold', 'nats.response.p50 <= 0.1 s'],
  );
  expect(parsed).toMatchObject({
    request: {
      routes: ['nats', 'rabbitmq'],
      modes: { nats: 'jetstream' },
      form: { pace: { kind: 'rate', perSecond: 100 }, loop: true, durationS: 2.5, file: '/somewhere/a.json' },
      thresholds: [
        { route: 'nats', of: 'end-to-end', metric: 'p95', operator: '<', limitMs: 50 },
        { route: 'nats', of: 'response', metric: 'p50', operator: '<=', limitMs: 100 },
      ],
    },
    output: { json: '-', csv: '/somewhere/out' },
  });
});

test.each([
  [['more'], '"more" is not expected after "load".'],
  [['--users', '0'], '--users must be a whole number from 1 to 10000, not "0".'],
  [['--rate', '5', '--users', '2'], '--rate excludes --users'],
  [['--wait', '0.9-0.2'], '--wait must be seconds'],
  [['--mode', 'jetstream'], '--mode must look like nats=jetstream'],
  [['--threshold', 'nats.p95<50'], 'the limit needs a unit'],
  [['--threshold', `nats.p50<${'9'.repeat(400)}s`], 'more digits than a number can have'],
  [['--threshold', 'nats.p12<5ms'], 'there is no metric "p12"'],
  [['--distribute', 'some'], '--distribute must be all or balance'],
  [['--serve', '--users', '5'], '--users does not go with --serve'],
  [['--port', '4000'], '--port goes with --serve'],
  [['--engine', 'wrk'], '--engine must be embedded or locust'],
  [['--workers', '2'], '--workers goes with --engine locust'],
  [['--engine', 'locust', '--rate', '5'], '--rate does not go with --engine locust'],
  [['--file', ''], 'The option --file needs a name.'],
])('%j is refused', (args, sentence) => {
  const parsed = parse(...args);
  expect(parsed).toEqual({ error: expect.stringContaining(sentence) });
  expect(parsed).toEqual({ error: expect.stringMatching(/ See: bulkhead load --help$/) });
});
