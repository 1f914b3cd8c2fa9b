import { expect, test } from 'vitest';
import { nameOfCommand } from './command-name';

test.each([
  ['/opt/electron\0--type=zygote\0--no-zygote-sandbox\0', { kind: 'zygote', name: 'Zygote' }],
  ['/opt/electron --type=gpu-process --ozone-platform=x11 ', { kind: 'gpu', name: 'GPU' }],
  [
    '/opt/electron --type=utility --utility-sub-type=network.mojom.NetworkService --lang=en ',
    { kind: 'network', name: 'Network service' },
  ],
  [
    '/opt/electron --type=utility --utility-sub-type=audio.mojom.AudioService ',
    { kind: 'utility', name: 'audio.mojom.AudioService' },
  ],
  ['/opt/electron --type=renderer ', { kind: 'renderer', name: 'Renderer without a page' }],
  ['/usr/bin/dbus-launch\0--autolaunch\0', { kind: 'other', name: 'dbus-launch' }],
  ['', { kind: 'other', name: 'process' }],
])('%j', (commandLine, named) => {
  expect(nameOfCommand(commandLine, undefined)).toEqual(named);
});

test('what a benchmark or a program has started is of its kind', () => {
  expect(nameOfCommand('/opt/electron --type=gpu-process ', 'benchmark')).toEqual({
    kind: 'benchmark',
    name: 'gpu-process',
  });
  expect(nameOfCommand('/usr/bin/sleep\x001\0', 'server')).toEqual({ kind: 'server', name: 'sleep' });
});
