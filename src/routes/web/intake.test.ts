import { once } from 'node:events';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { CLOCK_ID, nowNs } from '../program/clock';
import { Receiver } from '../receiver/receiver';
import type { Publisher, PublishOutcome } from '../route';
import { Intake, type IntakeLimits } from './intake';

/** The real HTTP server with the real receiver; only the messaging system behind it is made up. */

const record = { name: 'A', location: 'B', age: 3, infectedtype: 'C', state: 'D' };
let open: Intake[] = [];
let sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await Promise.all(open.map((intake) => intake.close()));
  [open, sockets] = [[], []];
});

async function start(publisher: Partial<Publisher> = {}, limits: Partial<IntakeLimits> = {}, maxInFlight = 10) {
  const receiver = new Receiver(
    { away: () => null, publish: async () => ({ status: 'accepted' }), close: async () => undefined, ...publisher },
    { maxInFlight, timeoutMs: 200 },
  );
  const errors: unknown[] = [];
  const intake = new Intake(
    {
      post: (body, message) => receiver.post(body, message),
      get: { '/stats': () => ({ status: 200, body: receiver.stats() }) },
      onError: (error) => errors.push(error),
    },
    limits,
  );
  open.push(intake);
  return { url: await intake.listen('127.0.0.1', 0), intake, receiver, errors };
}

const json = { 'Content-Type': 'application/json' };
const post = (url: string, body: unknown = record, headers: Record<string, string> = json) =>
  fetch(url, { method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body) });
const errorOf = async (response: Response) => ((await response.json()) as { error: string }).error;

/** A connection that says these bytes, and what comes back. */
async function raw(url: string, text: string): Promise<{ socket: Socket; answer: Promise<string> }> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  sockets.push(socket);
  let got = '';
  socket.on('data', (chunk) => (got += chunk.toString()));
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  if (text !== '') socket.write(text);
  return { socket, answer: once(socket, 'close').then(() => got) };
}

test('a record is accepted', async () => {
  const { url, receiver } = await start();
  expect((await post(url)).status).toBe(202);
  expect((await post(url, record, { 'Content-Type': 'application/JSON; charset=utf-8' })).status).toBe(202);
  expect(receiver.stats()).toMatchObject({ accepted: 2, inFlight: 0, refused: [], unconfirmed: [] });
});

describe('what is no record is refused with the right status and a sentence', () => {
  test.each([
    ['GET', '/', 405, 'Only POST'],
    ['PUT', '/', 405, 'Only POST'],
    ['OPTIONS', '/', 405, 'Only POST'],
    ['POST', '/stats', 405, 'Only GET'],
    ['POST', '/elsewhere', 404, '/elsewhere'],
    ['GET', '/__proto__', 404, '/__proto__'],
  ])('%s %s: %i', async (method, path, status, words) => {
    const { url } = await start();
    const response = await fetch(new URL(path, url), { method });
    expect(response.status).toBe(status);
    expect(await errorOf(response)).toContain(words);
    if (status === 405) expect(response.headers.get('allow')).toBe(path === '/' ? 'POST' : 'GET');
  });

  test.each([
    ['broken JSON', '{"name":', 400, 'not JSON'],
    ['nothing', '', 400, 'not JSON'],
    ['no object', '[]', 422, 'expected object'],
    ['a missing field', { ...record, state: undefined }, 422, '"state"'],
    ['a wrong field', { ...record, age: 'three' }, 422, '"age"'],
    ['another field', { ...record, path: 'nats' }, 422, 'path'],
  ])('%s', async (_name, body, status, words) => {
    const { url } = await start();
    const response = await post(url, body);
    expect(response.status).toBe(status);
    expect(await errorOf(response)).toContain(words);
  });

  test.each([{ 'Content-Type': 'text/plain' }, { 'Content-Type': 'application/x-www-form-urlencoded' }])(
    '%j: 415, so that no web page can post without being asked first',
    async (headers) => {
      const { url } = await start();
      expect((await post(url, record, headers)).status).toBe(415);
    },
  );

  test('a malformed stamp', async () => {
    const { url } = await start();
    expect((await post(url, record, { ...json, 'bulkhead-message': 'nonsense' })).status).toBe(400);
    const stamp = `run-1 7 ${nowNs()} ${CLOCK_ID}`;
    expect((await post(url, record, { ...json, 'bulkhead-message': stamp })).status).toBe(202);
  });

  test('a body of more than 1 MiB: 413, also one of 10 MB, and also when it does not say so before', async () => {
    const { url, intake } = await start();
    const response = await post(url, `"${'x'.repeat(1_048_576)}"`);
    expect(response.status).toBe(413);
    expect((await post(url, 'x'.repeat(10_000_000))).status).toBe(413);
    const status = await new Promise((resolve, reject) => {
      const outgoing = request(url, { method: 'POST', headers: json }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      outgoing.on('error', reject);
      for (let n = 0; n < 20; n += 1) outgoing.write('x'.repeat(100_000));
      outgoing.end();
    });
    expect(status).toBe(413);
    expect((await post(url)).status).toBe(202);
    expect(intake.counts.answers).toEqual({ 202: 1, 413: 3 });
  });

  test('what is not HTTP: 400; headers that are too large: 431', async () => {
    const { url, intake } = await start();
    expect(await (await raw(url, 'hello there\r\n\r\n')).answer).toMatch(/^HTTP\/1.1 400 .*not HTTP/s);
    expect(await (await raw(url, `GET / HTTP/1.1\r\nX: ${'y'.repeat(20_000)}\r\n\r\n`)).answer).toMatch(
      /^HTTP\/1.1 431 /,
    );
    expect(intake.counts.answers).toEqual({ 400: 1, 431: 1 });
  });
});

describe('who takes too long, or too much', () => {
  const limits = { headersTimeoutMs: 300, requestTimeoutMs: 600 };

  test.each([
    ['nothing', ''],
    ['half a header', 'POST / HTTP/1.1\r\nContent-Ty'],
    ['half a body', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"na'],
  ])('a connection that says %s is ended with 408, and others are served', async (_name, text) => {
    const { url, intake } = await start({}, limits);
    const slow = await raw(url, text);
    expect((await post(url)).status).toBe(202);
    expect(await slow.answer).toMatch(/^HTTP\/1.1 408 /);
    expect(intake.counts.answers).toEqual({ 202: 1, 408: 1 });
  });

  test('a sender that leaves in the middle is not an error', async () => {
    const { url, intake, errors } = await start();
    const half = await raw(
      url,
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
    );
    half.socket.resetAndDestroy();
    await half.answer;
    while (intake.counts.connections > 0) await delay(10);
    expect((await post(url)).status).toBe(202);
    expect(errors).toEqual([]);
  });

  test('one connection too many gets a 503, and a place that becomes free is given away', async () => {
    const { url, intake } = await start({}, { maxConnections: 5 });
    const held = await Promise.all(Array.from({ length: 5 }, () => raw(url, '')));
    while (intake.counts.connections < 5) await delay(10);
    expect(await (await raw(url, '')).answer).toMatch(/^HTTP\/1.1 503 .*More than 5 connections/s);
    expect(intake.counts).toMatchObject({ turnedAway: 1, answers: { 503: 1 } });
    for (const { socket } of held) socket.destroy();
    while (intake.counts.connections > 0) await delay(10);
    expect((await post(url)).status).toBe(202);
  });
});

describe('the messaging system', () => {
  test('away: 503 with the reason, counted, and nothing is handed over', async () => {
    let published = 0;
    const publish = async (): Promise<PublishOutcome> => {
      published += 1;
      return { status: 'accepted' };
    };
    const { url, receiver } = await start({ away: () => 'It is away.', publish });
    const response = await post(url);
    expect(response.status).toBe(503);
    expect(await errorOf(response)).toBe('It is away.');
    expect(receiver.stats()).toMatchObject({ accepted: 0, refused: [{ reason: 'It is away.', count: 1 }] });
    expect(published).toBe(0);
  });

  test('refuses: 503; gives no word: 502', async () => {
    const outcomes: PublishOutcome[] = [
      { status: 'refused', reason: 'full' },
      { status: 'unconfirmed', reason: 'gone' },
    ];
    const { url } = await start({ publish: async () => outcomes.shift() as PublishOutcome });
    expect((await post(url)).status).toBe(503);
    expect((await post(url)).status).toBe(502);
  });

  test('silent: 502 in the end, and what has no answer fills the bound', async () => {
    const { url, receiver } = await start({ publish: () => new Promise(() => undefined) }, {}, 2);
    const answers = await Promise.all([post(url), post(url)]);
    expect(answers.map(({ status }) => status)).toEqual([502, 502]);
    const response = await post(url);
    expect(response.status).toBe(503);
    expect(await errorOf(response)).toContain('2 messages are in flight');
    expect(receiver.stats()).toMatchObject({ inFlight: 2, maxInFlight: 2 });
  });

  test('an error of our own is a 500 and not the end', async () => {
    const { url, errors } = await start({ publish: () => Promise.reject(new Error('a bug')) });
    expect((await post(url)).status).toBe(500);
    expect(errors).toEqual([new Error('a bug')]);
    expect((await post(url, [])).status).toBe(422);
  });
});

test('a port that is taken is told', async () => {
  const { url, intake } = await start();
  await expect(intake.listen('127.0.0.1', Number(new URL(url).port))).rejects.toThrow();
  const second = new Intake({ post: () => ({ status: 200, body: {} }), get: {}, onError: () => undefined });
  await expect(second.listen('127.0.0.1', Number(new URL(url).port))).rejects.toThrow(/is taken.*Choose another/);
});
