import { expect, test } from 'vitest';
import { datagramLimitBytes, type System } from './datagram-limit';

const nothing = () => {
  throw new Error('It is not there.');
};
const linux = (wmemDefault: string): System => ({
  platform: 'linux',
  read: (path) => (path === '/proc/sys/net/core/wmem_default' ? wmemDefault : nothing()),
  sysctl: nothing,
});
const mac: System = {
  platform: 'darwin',
  read: nothing,
  sysctl: (name) => ({ 'net.local.dgram.maxdgram': '2048\n', 'net.inet.udp.maxdgram': '9216\n' })[name] ?? nothing(),
};

test.each([
  ['Linux as it comes', 'unix', linux('212992\n'), 65_536],
  ['Linux with a small send buffer', 'unix', linux('4608\n'), 4576],
  ['Linux, whose UDP is not held to it', 'udp', linux('4608\n'), 65_536],
  ['Linux in a container that does not show it', 'unix', { ...linux(''), read: nothing }, 65_536],
  ['macOS', 'unix', mac, 2048],
  ['macOS, UDP', 'udp', mac, 9216],
  ['macOS without sysctl', 'unix', { ...mac, sysctl: nothing }, 65_536],
  ['a sysctl that answers in words', 'unix', { ...mac, sysctl: () => 'unknown oid' }, 65_536],
  ['Windows', 'udp', { platform: 'win32', read: nothing, sysctl: nothing }, 65_536],
] as const)('the largest datagram on %s', (_what, family, system, bytes) => {
  expect(datagramLimitBytes(family, 65_536, system)).toBe(bytes);
});
