import { createSocket } from 'node:dgram';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppUnderTest, launchMeasuring, until } from './support/app';

/** What a remote page may not do. The runtime is taken for a supported one, and the site is on this machine. */
const fixture = (name: string) => readFileSync(join(import.meta.dirname, 'fixtures', name));
/** Whom each request's connection said it comes from. */
const known: unknown[] = [];
// The fixtures are self-signed and good for a hundred years: openssl req -x509, and openssl pkcs12 for the client's.
const server = createServer(
  { key: fixture('server-key.pem'), cert: fixture('server.pem'), requestCert: true, rejectUnauthorized: false },
  (request, response) => {
    known.push((request.socket as TLSSocket).getPeerCertificate().subject?.CN);
    response.setHeader('content-type', 'text/html');
    response.setHeader('Content-Security-Policy', "img-src 'none'");
    response.end('<!doctype html><title>remote</title>');
  },
);
let app: AppUnderTest;
let address: string;

beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  address = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  app = await launchMeasuring({ supported: true });
  const mine = join(app.home, 'client.p12');
  writeFileSync(mine, fixture('client.p12'), { mode: 0o644 });
  const imported = await app.electron.evaluate(async ({ app: electron, session }, certificate) => {
    session.fromPartition('sites').setCertificateVerifyProc((_request, verified) => verified(0));
    return new Promise((done) => electron.importCertificate({ certificate, password: 'test' }, done));
  }, mine);
  expect(imported, 'the person has a certificate').toBe(0);
  await app.openTab(address);
  await until(async () => expect(await ask('document.title')).toBe('remote'));
});
afterAll(async () => {
  await app?.close();
  server.close();
});

/** Evaluates in the remote page, as after a click. */
function ask(code: string): Promise<unknown> {
  return app.electron.evaluate(
    ({ webContents }, [url, source]) =>
      webContents
        .getAllWebContents()
        .find((contents) => contents.getURL() === url)
        ?.executeJavaScript(source, true),
    [address, code] as const,
  );
}

test('a server that asks for a client certificate gets none', () => {
  expect(known.length).toBeGreaterThan(0);
  expect(known.filter((name) => name !== undefined)).toEqual([]);
});

test('a remote page neither asks in a dialog nor prints, and keeps its own policy beside', async () => {
  expect(await ask(`[alert('a'), confirm('b'), print()].map(String).join()`)).toBe('undefined,false,undefined');
  expect(
    await ask(
      `new Promise((resolve) => { addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), { once: true }); new Image().src = 'https://127.0.0.1/'; })`,
    ),
  ).toBe('img-src');
  expect(await ask('origin')).toBe(address.slice(0, -1));
});

test('a remote page sends no UDP by WebRTC', async () => {
  let packets = 0;
  const udp = createSocket('udp4', () => (packets += 1));
  await new Promise<void>((done) => udp.bind(0, '127.0.0.1', done));
  await ask(
    `(async () => {
      const connection = new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:${udp.address().port}' }] });
      connection.createDataChannel('x');
      await connection.setLocalDescription(await connection.createOffer());
      while (connection.iceGatheringState !== 'complete') await new Promise((resolve) => setTimeout(resolve, 50));
    })()`,
  );
  udp.close();
  expect(packets).toBe(0);
});

test('a remote page that closes itself closes its tab, and nothing else', async () => {
  const tabs = await app.shell.getByRole('tab').count();
  await ask('setTimeout(() => window.close()); 0');
  await until(async () => expect(await app.shell.getByRole('tab').count()).toBe(tabs - 1));
  await app.untilState('plugin:echo', 'running');
});
