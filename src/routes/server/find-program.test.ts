import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { freePort } from './find-program';

test('ports are different, free, and none that the kernel gives to outgoing connections', async () => {
  const ports: number[] = [];
  for (let i = 0; i < 20; i += 1) ports.push(await freePort());
  expect(new Set(ports).size).toBe(20);
  for (const port of ports) {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    await new Promise((resolve) => server.close(resolve));
  }
  if (process.platform !== 'linux') return;
  const [first] = readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8').trim().split(/\s+/);
  if (Number(first) > 20_000) expect(Math.max(...ports)).toBeLessThan(Number(first));
});
