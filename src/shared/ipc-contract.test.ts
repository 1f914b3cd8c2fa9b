import { describe, expect, test } from 'vitest';
import { requestChannel } from './ipc-channels';
import { type RequestName, requestSchemas } from './ipc-contract';
import { MAX_ADDRESS_CHARS } from './address';
import { TRANSPORT_IDS } from './transport-catalog';

const SETTINGS = { ratePerSecond: 20, payloadBytes: 64, timeoutMs: 1000 };
const FORM = {
  methods: ['fifo', 'tcp'],
  allRoutes: false,
  sizes: [0, 64],
  placement: 'free',
  io: 'native',
  mode: { kind: 'closed', cycles: 500 },
  rounds: 2,
  warmup: 0,
  timeoutMs: 2000,
  floor: true,
  keepLive: false,
};
const OPEN_LOOP = { kind: 'open', ratePerSecond: 1000, durationS: 2.5 };
const LOAD_FORM = {
  routes: [{ route: 'nats', mode: 'core' }],
  pace: { kind: 'rate', perSecond: 100 },
  distribute: 'all',
  loop: false,
  durationS: 10,
  file: null,
  maxInFlight: 500,
};
const BOUNDS = { x: 0, y: 90, width: 500.5, height: 400 };

/** For each request: arguments that are right, and arguments that are not. A new request has to be added here. */
const requests: { [N in RequestName]: { right: unknown[][]; wrong: unknown[][] } } = {
  'view:read': { right: [[]], wrong: [[1]] },
  'view:remember': {
    right: [
      [{}],
      [{ page: 'bench', window: '2min', colourBy: null, hidden: ['plugin:echo/fifo'], draft: { cycles: 'x' } }],
    ],
    wrong: [[], [null], [{ window: '1h' }], [{ hidden: [''] }], [{ draft: { cycles: 'x'.repeat(501) } }], [{}, {}]],
  },
  'feed:open': { right: [[]], wrong: [[1]] },
  'feed:drawn': { right: [[]], wrong: [[1]] },
  'tab:open': {
    right: [['bulkhead://alpha.test'], ['']],
    wrong: [[], [5], [null], ['x'.repeat(MAX_ADDRESS_CHARS + 1)], ['a', 'b']],
  },
  'tab:navigate': {
    right: [[1, 'example.com']],
    wrong: [
      [1],
      ['1', 'example.com'],
      [1.5, 'example.com'],
      [-1, 'example.com'],
      [1, 'x'.repeat(MAX_ADDRESS_CHARS + 1)],
    ],
  },
  'tab:activate': { right: [[0]], wrong: [[], ['0'], [-1], [Number.NaN], [1, 2]] },
  'tab:close': { right: [[3]], wrong: [[{}], [Number.POSITIVE_INFINITY]] },
  'tab:reload': { right: [[3]], wrong: [[null], [0.5]] },
  'tab:back': { right: [[3]], wrong: [[true], []] },
  'tab:forward': { right: [[3]], wrong: [['3'], []] },
  'tab:place': {
    right: [[BOUNDS], [null]],
    wrong: [
      [],
      [undefined],
      [{ ...BOUNDS, x: -1 }],
      [{ ...BOUNDS, width: 20_001 }],
      [{ ...BOUNDS, height: Number.NaN }],
      [{ ...BOUNDS, extra: 1 }],
      [{ x: 0, y: 0, width: 1 }],
    ],
  },
  'samples:read': {
    right: [[0, 5e9]],
    wrong: [[], [5e9], [-1, 5e9], [0, Number.NaN], ['0', '5'], [0, 1, 2]],
  },
  'stages:watch': { right: [[true], [false]], wrong: [[], ['yes']] },
  'anatomy:read': {
    right: [
      ['plugin:echo/fifo', null, null],
      ['plugin:echo/fifo', { fromNs: 0, toNs: 5e9 }, { kind: 'slowest' }],
      ['plugin:echo/fifo', null, { kind: 'near', atNs: 1e9, withinNs: 1e8, rttNs: 5e4, timing: 'sent' }],
    ],
    wrong: [
      [],
      ['', null, null],
      ['plugin:echo/fifo', { fromNs: -1, toNs: 5e9 }, null],
      ['plugin:echo/fifo', null, { kind: 'this' }],
      ['plugin:echo/fifo', null, { kind: 'this', sequence: 1.5 }],
      ['plugin:echo/fifo', null, { kind: 'near', atNs: 1e9, withinNs: 1e8, rttNs: 5e4, timing: 'never' }],
    ],
  },
  'process:act': {
    right: [
      ['plugin:echo', 'kill'],
      ['site:bulkhead://alpha.test', 'reload'],
    ],
    wrong: [
      ['plugin:echo'],
      ['plugin:echo', 'explode'],
      ['', 'kill'],
      ['x'.repeat(301), 'kill'],
      [7, 'kill'],
      ['plugin:echo', 'kill', 'now'],
    ],
  },
  'probe:configure': {
    right: [[SETTINGS], [{ ratePerSecond: 50 }]],
    wrong: [
      [],
      [{ ...SETTINGS, ratePerSecond: 1001 }],
      [{ ...SETTINGS, payloadBytes: '64' }],
      [{ ...SETTINGS, extra: 1 }],
    ],
  },
  'channel:enable': {
    right: [['plugin:echo/message-port', false]],
    wrong: [['plugin:echo/message-port'], ['plugin:echo/message-port', 'false'], ['', true]],
  },
  'recording:export': {
    right: [['json'], ['html']],
    wrong: [[], ['exe'], ['JSON'], [['json']], ['json', '/etc/passwd']],
  },
  'export:cancel': { right: [[1]], wrong: [[-1], ['1'], []] },
  'chart:rendered': {
    right: [
      [1, { svg: '<svg/>', png: null }],
      [1, { svg: '<svg/>', png: new Uint8Array(3) }],
      [1, { error: 'no chart' }],
    ],
    wrong: [
      [1],
      [1, {}],
      [1, { svg: '<svg/>' }],
      [1, { svg: '<svg/>', png: [1, 2] }],
      [1, { svg: 5, png: null }],
      [1, { error: 'x'.repeat(2001) }],
      [-1, { error: 'no chart' }],
      [1, { svg: '<svg/>', png: null, extra: 1 }],
    ],
  },
  'bench:start': {
    right: [[FORM], [{ ...FORM, mode: OPEN_LOOP }], [{ ...FORM, methods: [...TRANSPORT_IDS] }]],
    wrong: [
      [],
      [{ ...FORM, methods: [] }],
      [{ ...FORM, methods: ['fifo', 'fifo'] }],
      [{ ...FORM, methods: ['carrier-pigeon'] }],
      [{ ...FORM, sizes: [] }],
      [{ ...FORM, sizes: [64, 64] }],
      [{ ...FORM, sizes: [1024 * 1024 + 1] }],
      [{ ...FORM, sizes: [1.5] }],
      [{ ...FORM, sizes: Array.from({ length: 17 }, (_, size) => size) }],
      [{ ...FORM, placement: 'anywhere' }],
      [{ ...FORM, io: 'magic' }],
      [{ ...FORM, mode: { kind: 'closed', cycles: 0 } }],
      [{ ...FORM, mode: { ...OPEN_LOOP, durationS: Number.POSITIVE_INFINITY } }],
      [{ ...FORM, mode: { ...OPEN_LOOP, ratePerSecond: 10_000, durationS: 501 } }],
      [{ ...FORM, rounds: 101 }],
      [{ ...FORM, warmup: -1 }],
      [{ ...FORM, timeoutMs: 1 }],
      [{ ...FORM, keepLive: 'yes' }],
      [{ ...FORM, allRoutes: ['all'] }],
      [{ ...FORM, thresholds: [] }],
      [FORM, '/etc/passwd'],
    ],
  },
  'bench:stop': { right: [[]], wrong: [[1]] },
  'bench:result': { right: [[1]], wrong: [[], [0], ['1'], [1.5]] },
  'bench:open': { right: [[]], wrong: [['/etc/passwd']] },
  'bench:forget': { right: [[1]], wrong: [[], [-1]] },
  'bench:describe': {
    right: [[1, 'Before', '']],
    wrong: [
      [1, 'Before'],
      [1, ' ', ''],
      [1, 'x'.repeat(81), ''],
      [1, 'x', 'x'.repeat(501)],
      [0, 'x', ''],
    ],
  },
  'bench:save': {
    right: [
      [1, 'json'],
      [1, 'hgrm'],
    ],
    wrong: [[1], [1, 'svg'], [1, 'exe'], ['1', 'json'], [1, 'json', '/etc/passwd']],
  },
  'load:look': { right: [[]], wrong: [[1]] },
  'load:prepare': {
    right: [[[{ route: 'http', mode: 'direct' }]]],
    wrong: [[], [[]], [[{ route: 'http', mode: 'core' }]], [[{ route: 'nats' }]]],
  },
  'load:start': { right: [[LOAD_FORM]], wrong: [[], [{ ...LOAD_FORM, routes: [] }], [{ ...LOAD_FORM, more: 1 }]] },
  'load:stop': { right: [[]], wrong: [[1]] },
  'load:users': { right: [[0], [10_000]], wrong: [[], [-1], [1.5], [10_001]] },
  'load:reset': { right: [[]], wrong: [[1]] },
  'load:close': { right: [[]], wrong: [[1]] },
  'load:choose-file': { right: [[null], ['/tmp/traffic.json']], wrong: [[], [''], ['x'.repeat(4097)]] },
  'load:save': { right: [['json'], ['csv'], ['html']], wrong: [[], ['png']] },
  'file:show': { right: [[0], [12]], wrong: [[-1], ['/etc/passwd'], [1.5], []] },
  'clipboard:image': { right: [[new Uint8Array(9)]], wrong: [['png'], [[137, 80]], []] },
  'clipboard:table': {
    right: [[[['Channel', 'p50']]]],
    wrong: [[[]], [['Channel']], [[[1]]], [[['x'.repeat(2001)]]], [Array.from({ length: 1001 }, () => ['x'])]],
  },
  'bench:save-image': {
    right: [[1, 'svg', { svg: '<svg/>', png: null }]],
    wrong: [
      [1, 'svg'],
      [1, 'json', { svg: '<svg/>', png: null }],
      [1, 'png', { svg: '<svg/>', png: [1] }],
    ],
  },
};

for (const name of Object.keys(requestSchemas) as RequestName[]) {
  describe(name, () => {
    test.each(requests[name].right.map((args) => ({ args })))('accepts $args', ({ args }) => {
      expect(requestSchemas[name].safeParse(args).success).toBe(true);
    });

    test.each(requests[name].wrong.map((args) => ({ args })))('refuses $args', ({ args }) => {
      expect(requestSchemas[name].safeParse(args).success).toBe(false);
    });

    test.each([undefined, null, 'text', { length: 0 }])('refuses %j in place of arguments', (args) => {
      expect(requestSchemas[name].safeParse(args).success).toBe(false);
    });
  });
}

test('a chart of 50 MB is accepted and one byte more is refused', () => {
  const rendered = (bytes: number) =>
    requestSchemas['chart:rendered'].safeParse([1, { svg: '', png: new Uint8Array(bytes) }]).success;
  expect(rendered(50_000_000)).toBe(true);
  expect(rendered(50_000_001)).toBe(false);
});

test('every request has an Electron channel of its own', () => {
  const names = Object.keys(requestSchemas) as RequestName[];
  expect(new Set(names.map(requestChannel)).size).toBe(names.length);
});
