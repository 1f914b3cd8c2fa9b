import { expect, test } from 'vitest';
import { chromiumType, parseStat, parseStatus, programName } from './proc-text';

/** As Linux 6 writes them. */
const STAT =
  '4711 (node (x) y) R 4710 4709 4709 0 -1 4194304 52310 0 12 0 1234 567 0 0 20 0 11 0 8123456 1063739392 21503 18446744073709551615 1 1 0 0 0 0 0 4096 134234626 0 0 0 17 1 0 0 0 0 0 0 0 0 0 0 0 0 0\n';
const STATUS = `Name:	node
Umask:	0022
State:	S (sleeping)
Tgid:	4711
VmPeak:	 1038808 kB
VmRSS:	   86012 kB
RssAnon:	   41000 kB
Threads:	11
SigQ:	0/31192
Cpus_allowed:	3
voluntary_ctxt_switches:	20512
nonvoluntary_ctxt_switches:	731
`;

test('stat: the name may hold spaces and parentheses', () => {
  expect(parseStat(STAT)).toEqual({ state: 'R', parent: 4710, group: 4709, cpuSeconds: 18.01, startTime: '8123456' });
});

test.each(['', 'nonsense', '4711 (cut) S 1'])('stat: %j is none', (text) => {
  expect(parseStat(text)).toBeNull();
});

test('status: memory in bytes, threads, and both kinds of context switches', () => {
  expect(parseStatus(STATUS)).toEqual({ memoryBytes: 86_012 * 1024, threads: 11, voluntary: 20_512, involuntary: 731 });
});

test('status: what is not there is null', () => {
  expect(parseStatus('Name:\tkthreadd\nThreads:\t1\n')).toEqual({
    memoryBytes: null,
    threads: 1,
    voluntary: null,
    involuntary: null,
  });
  expect(parseStatus('')).toEqual({ memoryBytes: null, threads: null, voluntary: null, involuntary: null });
});

test.each([
  ['/opt/electron\0--type=zygote\0--no-zygote-sandbox\0', 'zygote'],
  ['/opt/electron --type=gpu-process --ozone-platform=x11 ', 'gpu-process'],
  ['sh\0-c\0sleep 1\0', null],
  ['', null],
])('the type of Chromium process that %j starts is %s', (commandLine, type) => {
  expect(chromiumType(commandLine)).toBe(type);
});

test('a program’s name has no folder', () => {
  expect(programName('/usr/bin/nats-server\0-p\x004222\0')).toBe('nats-server');
  expect(programName('sh\0')).toBe('sh');
});
