import { describe, expect, test } from 'vitest';
import {
  encodeFrame,
  FRAME_HEADER_BYTES,
  frameReader,
  FRAME_TYPES,
  type Frame,
  type FrameRejection,
  type FrameType,
  FrameWriter,
  StreamDeframer,
  turnIntoPong,
} from './frame';
import { STAMP_TRAILER_BYTES } from './stamp-trailer';

const KEY = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
const FOREIGN_KEY = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 9);
const MAX = 4096;

const decodeFrame = (bytes: Uint8Array, key: Uint8Array, max: number) => frameReader(key, max)(bytes);

function frame(payload: Uint8Array, { type = 'ping' as FrameType, sequence = 7, key = KEY } = {}): Uint8Array {
  const bytes = new Uint8Array(FRAME_HEADER_BYTES + payload.byteLength);
  encodeFrame(bytes, type, sequence, key, payload);
  return bytes;
}

/** Gives a header the checksum that is right for it, as RFC 1071 has it. */
function sealed(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  view.setUint16(6, 0, true);
  let sum = 0;
  for (let at = 0; at < FRAME_HEADER_BYTES; at += 2) {
    sum += view.getUint16(at, true);
    if (sum > 0xffff) sum -= 0xffff;
  }
  view.setUint16(6, 0xffff - sum, true);
  return bytes;
}

function changed(offset: number, value: number): Uint8Array {
  const bytes = frame(new Uint8Array(10));
  bytes[offset] = value;
  return bytes;
}

function withLength(length: number, held: number): Uint8Array {
  const bytes = frame(new Uint8Array(held));
  new DataView(bytes.buffer).setUint32(20, length, true);
  return sealed(bytes);
}

function concat(...parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(parts.flatMap((part) => [...part]));
}

/** A seeded generator: the same numbers in every run. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const bytesOf = (length: number, random: () => number) => Uint8Array.from({ length }, () => Math.floor(random() * 256));

test.each(Object.keys(FRAME_TYPES) as FrameType[])('a %s comes out of its bytes as it went in', (type) => {
  const payload = Uint8Array.of(9, 8, 7);
  expect(decodeFrame(frame(payload, { type, sequence: 123 }), KEY, MAX)).toEqual({
    ok: true,
    frame: { type, sequence: 123, payload },
  });
});

test.each([0, 1, 2 ** 31, 2 ** 32 - 1])('sequence number %d comes out as it went in', (sequence) => {
  const decoded = decodeFrame(frame(new Uint8Array(0), { sequence }), KEY, MAX);
  expect(decoded).toMatchObject({ ok: true, frame: { sequence } });
});

test('the header is laid out as documented', () => {
  const bytes = frame(Uint8Array.of(0xaa), { type: 'pong', sequence: 0x01020304 });
  const [low, high] = sealed(bytes.slice()).subarray(6);
  expect([...bytes]).toEqual([0x42, 0x4b, 0x48, 0x44, 2, 2, low, high, 4, 3, 2, 1, ...KEY, 1, 0, 0, 0, 0xaa]);
});

test('the checksum is that of RFC 1071', () => {
  // 4b42 + 4448 + 0202 + 0304 + 0102 + 0201 + 0403 + 0605 + 0807 + 0001 = a9a3, of which the complement is 565c.
  expect(frame(Uint8Array.of(0xaa), { type: 'pong', sequence: 0x01020304 }).subarray(6, 8)).toEqual(
    Uint8Array.of(0x5c, 0x56),
  );
});

test('the checksum is right at every sequence number and length', () => {
  const random = randomNumbers(4);
  for (let i = 0; i < 500; i += 1) {
    const key = bytesOf(8, random);
    const type = random() < 0.5 ? 'ping' : 'pong';
    const bytes = frame(new Uint8Array(Math.floor(random() * 3000)), {
      type,
      sequence: Math.floor(random() * 2 ** 32),
      key,
    });
    expect([bytes[6], bytes[7]]).toEqual([...sealed(bytes.slice()).subarray(6, 8)]);
    expect(decodeFrame(bytes, key, MAX).ok).toBe(true);
  }
});

test('encoding into a longer buffer says how much of it is the frame', () => {
  const into = new Uint8Array(100).fill(0xee);
  expect(encodeFrame(into, 'ping', 1, KEY, new Uint8Array(5))).toBe(FRAME_HEADER_BYTES + 5);
  expect(into[FRAME_HEADER_BYTES + 5]).toBe(0xee);
});

test('a frame is read where it lies inside a larger buffer', () => {
  const around = concat(new Uint8Array(13), frame(Uint8Array.of(5, 6)), new Uint8Array(9));
  const decoded = decodeFrame(around.subarray(13, 13 + FRAME_HEADER_BYTES + 2), KEY, MAX);
  expect(decoded).toMatchObject({ ok: true, frame: { payload: Uint8Array.of(5, 6) } });
});

test('a payload of exactly the maximum is a frame', () => {
  expect(decodeFrame(frame(new Uint8Array(MAX)), KEY, MAX).ok).toBe(true);
});

test.each<[what: string, bytes: Uint8Array, rejection: FrameRejection]>([
  ['no bytes', new Uint8Array(0), 'truncated'],
  ['a cut header', frame(new Uint8Array(0)).subarray(0, FRAME_HEADER_BYTES - 1), 'truncated'],
  ['a cut payload', withLength(10, 9), 'truncated'],
  ['another magic', changed(3, 0x45), 'magic'],
  ['another version', changed(4, 1), 'version'],
  ['another type', changed(5, 2), 'checksum'],
  ['another sequence number', changed(8, 8), 'checksum'],
  ['another length', changed(20, 9), 'checksum'],
  ['another checksum', changed(6, 0), 'checksum'],
  ['a run key that differs in one byte', changed(19, 9), 'checksum'],
  ['type 0', sealed(changed(5, 0)), 'type'],
  ['an unknown type', sealed(changed(5, 3)), 'type'],
  ['a run key that differs in its last byte', frame(new Uint8Array(3), { key: FOREIGN_KEY }), 'foreign'],
  ['more bytes than its length says', withLength(9, 10), 'length'],
  ['a length over the maximum', withLength(MAX + 1, MAX + 1), 'length'],
  ['a length of 4 GiB', withLength(2 ** 32 - 1, 0), 'length'],
])('%s is rejected', (_what, bytes, rejection) => {
  expect(decodeFrame(bytes, KEY, MAX)).toEqual({ ok: false, rejection });
});

test('random bytes never throw and are never a frame', () => {
  const random = randomNumbers(1);
  for (let i = 0; i < 3000; i += 1) {
    expect(decodeFrame(bytesOf(Math.floor(random() * 80), random), KEY, MAX).ok).toBe(false);
  }
});

test('a sound frame with any one bit of its header flipped is rejected', () => {
  const original = frame(Uint8Array.of(1, 2, 3));
  for (let bit = 0; bit < original.byteLength * 8; bit += 1) {
    const flipped = original.slice();
    flipped[bit >>> 3] = (flipped[bit >>> 3] as number) ^ (1 << (bit & 7));
    expect(decodeFrame(flipped, KEY, MAX).ok).toBe(bit >= FRAME_HEADER_BYTES * 8);
  }
});

function deframer(maxPayloadBytes = MAX) {
  const frames: Frame[] = [];
  const rejections: FrameRejection[] = [];
  const stream = new StreamDeframer(
    KEY,
    maxPayloadBytes,
    (each) => frames.push({ ...each, payload: each.payload.slice() }),
    (rejection) => rejections.push(rejection),
  );
  return {
    frames,
    rejections,
    stream,
    push: (chunk: Uint8Array) => stream.push(chunk),
    ticks(count: number) {
      for (let i = 0; i < count; i += 1) stream.tick();
    },
  };
}

const three = [
  frame(Uint8Array.of(1), { sequence: 1 }),
  frame(new Uint8Array(0), { sequence: 2, type: 'pong' }),
  frame(new Uint8Array(50).fill(3), { sequence: 3 }),
];
const threeFrames: Frame[] = [
  { type: 'ping', sequence: 1, payload: Uint8Array.of(1) },
  { type: 'pong', sequence: 2, payload: new Uint8Array(0) },
  { type: 'ping', sequence: 3, payload: new Uint8Array(50).fill(3) },
];

test('a stream cut at any one place gives the same frames', () => {
  const stream = concat(...three);
  for (let cut = 0; cut <= stream.byteLength; cut += 1) {
    const { push, frames, rejections } = deframer();
    push(stream.subarray(0, cut));
    push(stream.subarray(cut));
    expect(frames).toEqual(threeFrames);
    expect(rejections).toEqual([]);
  }
});

test('a stream that comes byte by byte gives the same frames', () => {
  const { push, frames, rejections } = deframer();
  for (const byte of concat(...three)) push(Uint8Array.of(byte));
  expect(frames).toEqual(threeFrames);
  expect(rejections).toEqual([]);
});

test('a frame is given out as soon as its last byte is there', () => {
  const { push, frames } = deframer();
  push(frame(new Uint8Array(5)).subarray(0, -1));
  expect(frames).toHaveLength(0);
  push(Uint8Array.of(0));
  expect(frames).toHaveLength(1);
});

test('what comes in may be overwritten once push returns', () => {
  const { push, frames } = deframer();
  const chunk = frame(Uint8Array.of(1, 2, 3, 4)).slice(0, -2);
  push(chunk);
  chunk.fill(0xff);
  push(Uint8Array.of(3, 4));
  expect(frames[0]?.payload).toEqual(Uint8Array.of(1, 2, 3, 4));
});

test('garbage between frames is counted once and the next frame is found', () => {
  const { push, frames, rejections } = deframer();
  push(concat(three[0] as Uint8Array, new Uint8Array(500).fill(0xa5), three[1] as Uint8Array, three[2] as Uint8Array));
  expect(frames).toEqual(threeFrames);
  expect(rejections).toEqual(['magic']);
});

test('one run of garbage counts once, however it is cut', () => {
  const { push, frames, rejections } = deframer();
  for (const byte of concat(new Uint8Array(300).fill(0xa5), three[0] as Uint8Array)) push(Uint8Array.of(byte));
  expect(frames).toEqual(threeFrames.slice(0, 1));
  expect(rejections).toEqual(['magic']);
});

test('two runs of garbage with a frame between them count twice', () => {
  const { push, rejections } = deframer();
  const garbage = new Uint8Array(60).fill(0xa5);
  push(concat(garbage, three[0] as Uint8Array, garbage, three[1] as Uint8Array));
  expect(rejections).toEqual(['magic', 'magic']);
});

test('two runs of garbage with a foreign frame between them count twice', () => {
  const { push, rejections } = deframer();
  const garbage = new Uint8Array(60).fill(0xa5);
  push(concat(garbage, frame(new Uint8Array(5), { key: FOREIGN_KEY }), garbage, three[0] as Uint8Array));
  expect(rejections).toEqual(['magic', 'foreign', 'magic']);
});

test('garbage full of beginnings of a magic does not hide the frame behind it', () => {
  const { push, frames } = deframer();
  push(concat(Uint8Array.of(0x42, 0x42, 0x4b, 0x42, 0x4b, 0x48, 0x42), three[0] as Uint8Array, new Uint8Array(30)));
  expect(frames).toEqual(threeFrames.slice(0, 1));
});

test('a magic cut off by the end of a chunk is still found', () => {
  const { push, frames } = deframer();
  const stream = concat(new Uint8Array(40).fill(0xa5), three[0] as Uint8Array);
  push(stream.subarray(0, 42));
  push(stream.subarray(42));
  expect(frames).toEqual(threeFrames.slice(0, 1));
});

test.each<[what: string, bytes: Uint8Array, rejection: FrameRejection]>([
  ['a frame of another version', changed(4, 9), 'version'],
  ['a frame of an unknown type', sealed(changed(5, 9)), 'type'],
  ['a frame whose length was changed on the way', changed(20, 200), 'checksum'],
  ['a frame that claims more than the maximum', withLength(MAX + 1, 10), 'length'],
])('%s in a stream is counted as what it is, and the next one is found', (_what, bytes, rejection) => {
  const { push, frames, rejections } = deframer();
  push(concat(bytes, three[0] as Uint8Array));
  expect(frames).toEqual(threeFrames.slice(0, 1));
  expect(rejections).toEqual([rejection]);
});

test('a foreign frame is skipped whole, with the frame that its payload looks like', () => {
  const { push, frames, rejections } = deframer();
  push(concat(frame(three[0] as Uint8Array, { key: FOREIGN_KEY }), three[1] as Uint8Array));
  expect(frames).toEqual(threeFrames.slice(1, 2));
  expect(rejections).toEqual(['foreign']);
});

test('a foreign frame is counted once, however it is cut', () => {
  const { push, frames, rejections } = deframer();
  for (const byte of concat(frame(new Uint8Array(40), { key: FOREIGN_KEY }), three[0] as Uint8Array))
    push(Uint8Array.of(byte));
  expect(frames).toEqual(threeFrames.slice(0, 1));
  expect(rejections).toEqual(['foreign']);
});

test('a thousand streams of frames and garbage, cut at random, lose no frame and never throw', () => {
  const random = randomNumbers(2);
  for (let round = 0; round < 1000; round += 1) {
    const parts: Uint8Array[] = [];
    const expected: number[] = [];
    for (let i = 0; i < 6; i += 1) {
      // Garbage without the first byte of a magic: with it, a frame can look like its payload.
      if (random() < 0.4)
        parts.push(bytesOf(Math.floor(random() * 60), random).map((byte) => (byte === 0x42 ? 0 : byte)));
      parts.push(frame(bytesOf(Math.floor(random() * 40), random), { sequence: i }));
      expected.push(i);
    }
    const stream = concat(...parts);
    const { push, frames } = deframer();
    for (let at = 0; at < stream.byteLength;) {
      const length = 1 + Math.floor(random() * 70);
      push(stream.subarray(at, at + length));
      at += length;
    }
    expect(frames.map(({ sequence }) => sequence)).toEqual(expected);
  }
});

test('a stream of random bytes never throws and gives no frame', () => {
  const random = randomNumbers(3);
  const { push, frames } = deframer();
  for (let i = 0; i < 2000; i += 1) push(bytesOf(Math.floor(random() * 100), random));
  expect(frames).toEqual([]);
});

test('a header waits for no more than the bytes that it claims, so that no more than a frame is ever held back', () => {
  const { push, frames } = deframer(100);
  const whole = frame(new Uint8Array(100));
  push(whole.subarray(0, FRAME_HEADER_BYTES));
  for (let at = FRAME_HEADER_BYTES; at < whole.byteLength; at += 1) {
    expect(frames).toHaveLength(0);
    push(whole.subarray(at, at + 1));
  }
  expect(frames).toHaveLength(1);
});

test('a foreign header that claims more than the maximum is not waited for', () => {
  const { push, frames, rejections } = deframer(100);
  const claim = frame(new Uint8Array(0), { key: FOREIGN_KEY });
  new DataView(claim.buffer).setUint32(20, 101, true);
  push(concat(sealed(claim), three[0] as Uint8Array));
  expect(frames).toEqual(threeFrames.slice(0, 1));
  expect(rejections).toEqual(['length']);
});

/** More ticks than an incomplete frame is waited for. */
const LONG = 5;
/** A sound header of this run that announces `length` bytes, and none of them. */
const announcing = (length: number, key = KEY) => {
  const header = frame(new Uint8Array(0), { sequence: 99, key });
  new DataView(header.buffer).setUint32(20, length, true);
  return sealed(header);
};

describe('a frame that does not get complete, with others behind it,', () => {
  test('is dropped and counted once, and the frames that it swallowed come out in order', () => {
    const { push, ticks, frames, rejections, stream } = deframer();
    push(announcing(MAX));
    for (const each of three) push(each);
    ticks(LONG - 1);
    expect(frames).toEqual([]);
    ticks(1);
    expect(frames).toEqual(threeFrames);
    expect(rejections).toEqual(['truncated']);
    expect(stream.waiting).toBe(false);
  });

  test('is dropped at the next tick when its time is up before the first of them comes', () => {
    const { push, ticks, frames, rejections } = deframer();
    push(announcing(MAX));
    ticks(LONG);
    expect(rejections).toEqual([]);
    push(concat(three[0] as Uint8Array, (three[1] as Uint8Array).subarray(0, 10)));
    ticks(1);
    push(concat((three[1] as Uint8Array).subarray(10), three[2] as Uint8Array));
    expect(frames).toEqual(threeFrames);
    expect(rejections).toEqual(['truncated']);
  });

  test('is dropped when the header of the first of them came in pieces', () => {
    const { push, ticks, frames, rejections } = deframer();
    push(announcing(MAX));
    for (const byte of three[0] as Uint8Array) {
      push(Uint8Array.of(byte));
      ticks(1);
    }
    expect(frames).toEqual(threeFrames.slice(0, 1));
    expect(rejections).toEqual(['truncated']);
  });

  test('does not become one of another run by what it holds', () => {
    const { push, ticks, frames, rejections } = deframer();
    push(concat(announcing(MAX), frame(new Uint8Array(5), { key: FOREIGN_KEY }), three[0] as Uint8Array));
    ticks(LONG);
    expect(frames).toEqual(threeFrames.slice(0, 1));
    expect(rejections).toEqual(['truncated']);
  });

  test('costs its time once, however many of it came', () => {
    const { push, ticks, frames, rejections } = deframer();
    push(concat(announcing(MAX), announcing(MAX), three[0] as Uint8Array, announcing(MAX), announcing(500)));
    push(concat(three[1] as Uint8Array, three[2] as Uint8Array));
    ticks(LONG);
    expect(frames).toEqual(threeFrames);
    expect(rejections).toEqual(['truncated', 'truncated', 'truncated', 'truncated']);
  });

  test('does not take one with it that came later and still has time', () => {
    const { push, ticks, frames, rejections } = deframer();
    const last = frame(new Uint8Array(300).fill(7), { sequence: 8 });
    push(announcing(MAX));
    ticks(LONG - 1);
    push(last.subarray(0, 200));
    ticks(LONG - 1);
    expect(rejections).toEqual(['truncated']);
    push(last.subarray(200));
    expect(frames.map(({ sequence }) => sequence)).toEqual([8]);
    expect(rejections).toEqual(['truncated']);
  });

  test('counts as foreign when it is of another run', () => {
    const { push, ticks, frames, rejections } = deframer();
    push(announcing(MAX, FOREIGN_KEY));
    push(three[0] as Uint8Array);
    ticks(LONG);
    expect(frames).toEqual(threeFrames.slice(0, 1));
    expect(rejections).toEqual(['foreign']);
  });

  test('is a frame like any other when its last byte comes in time', () => {
    const { push, ticks, frames, rejections } = deframer();
    const slow = frame(concat(new Uint8Array(100), three[0] as Uint8Array), { sequence: 3 });
    push(slow.subarray(0, -1));
    ticks(LONG - 1);
    push(slow.subarray(-1));
    expect(frames.map(({ sequence }) => sequence)).toEqual([3]);
    expect(rejections).toEqual([]);
  });

  test('is one header, not the stream: frames that keep coming in pieces have their time each', () => {
    const { push, ticks, frames, rejections } = deframer();
    const each = frame(new Uint8Array(200).fill(3));
    for (let i = 0; i < 50; i += 1) {
      push(i === 0 ? each.subarray(0, 100) : concat(each.subarray(100), each.subarray(0, 100)));
      ticks(1);
    }
    expect(frames).toHaveLength(49);
    expect(rejections).toEqual([]);
  });
});

test('a frame with nothing behind it is waited for, however long its sender is hung', () => {
  const { push, ticks, frames, rejections } = deframer();
  const whole = frame(new Uint8Array(3000).fill(0x42), { sequence: 3 });
  push(whole.subarray(0, 1000));
  ticks(1000);
  push(whole.subarray(1000, 2000));
  ticks(1000);
  push(concat(whole.subarray(2000), three[0] as Uint8Array));
  expect(frames.map(({ sequence }) => sequence)).toEqual([3, 1]);
  expect(rejections).toEqual([]);
});

test('a piece of a header waits for nobody: what follows is read all the same', () => {
  const { push, frames, rejections, stream } = deframer();
  push(announcing(MAX).subarray(0, FRAME_HEADER_BYTES - 1));
  expect(stream.waiting).toBe(false);
  push(three[0] as Uint8Array);
  expect(frames).toEqual(threeFrames.slice(0, 1));
  expect(rejections).toEqual(['checksum']);
});

test('a ping that comes back itself becomes its own pong; everything else stays as it is', () => {
  const payload = Uint8Array.of(9, 8, 7);
  const bytes = frame(payload, { sequence: 5 });
  turnIntoPong(bytes);
  expect(bytes).toEqual(frame(payload, { type: 'pong', sequence: 5 }));
  for (const other of [frame(payload, { type: 'pong' }), changed(5, 99), new Uint8Array(0), new Uint8Array(3)]) {
    const before = other.slice();
    turnIntoPong(other);
    expect(other).toEqual(before);
  }
});

test('a ping that asks for stamps becomes a pong without', () => {
  const payload = Uint8Array.of(9, 8, 7);
  const bytes = new FrameWriter(KEY).write('ping', 5, payload, 'ask').slice();
  turnIntoPong(bytes);
  expect(bytes).toEqual(frame(payload, { type: 'pong', sequence: 5 }));
});

describe('stamps', () => {
  const stamps = {
    readNs: 1_000_000_007,
    tookNs: 2 ** 52 + 1,
    answeredNs: Number.NaN,
    earlierWroteNs: 0,
    earlierSequence: 2 ** 32 - 1,
    errorNs: 350_000,
  };
  const payload = Uint8Array.of(9, 8, 7);
  const writer = new FrameWriter(KEY);
  const stamped = () => writer.write('pong', 3, payload, stamps).slice();

  test('a ping says that it asks for them', () => {
    const bytes = writer.write('ping', 3, payload, 'ask').slice();
    expect(bytes).toHaveLength(FRAME_HEADER_BYTES + 3);
    expect([bytes[6], bytes[7]]).toEqual([...sealed(bytes.slice()).subarray(6, 8)]);
    expect(decodeFrame(bytes, KEY, MAX)).toEqual({
      ok: true,
      frame: { type: 'ping', sequence: 3, payload, asksForStamps: true },
    });
  });

  test('a pong has them behind its payload, as they went in', () => {
    const bytes = stamped();
    expect(bytes).toHaveLength(FRAME_HEADER_BYTES + 3 + STAMP_TRAILER_BYTES);
    expect([bytes[6], bytes[7]]).toEqual([...sealed(bytes.slice()).subarray(6, 8)]);
    expect(decodeFrame(bytes, KEY, MAX)).toEqual({ ok: true, frame: { type: 'pong', sequence: 3, payload, stamps } });
  });

  test('a writer goes from frames with to frames without and back', () => {
    const long = new Uint8Array(3 + STAMP_TRAILER_BYTES);
    for (const write of [stamped, () => writer.write('pong', 3, long).slice(), stamped])
      expect(decodeFrame(write(), KEY, MAX).ok).toBe(true);
    expect(decodeFrame(writer.write('pong', 3, payload).slice(), KEY, MAX)).toEqual({
      ok: true,
      frame: { type: 'pong', sequence: 3, payload },
    });
  });

  test('they count towards the largest payload', () => {
    const most = new Uint8Array(MAX - STAMP_TRAILER_BYTES);
    expect(decodeFrame(writer.write('pong', 3, most, stamps).slice(), KEY, MAX).ok).toBe(true);
    const more = new Uint8Array(most.byteLength + 1);
    expect(decodeFrame(writer.write('pong', 3, more, stamps).slice(), KEY, MAX)).toEqual({
      ok: false,
      rejection: 'length',
    });
  });

  test('a pong that ends before them is cut', () => {
    expect(decodeFrame(stamped().subarray(0, -1), KEY, MAX)).toEqual({ ok: false, rejection: 'truncated' });
  });

  test('a stream is cut behind them', () => {
    const bytes = concat(stamped(), frame(payload), stamped());
    for (let size = 1; size < bytes.byteLength; size += 7) {
      const { frames, rejections } = deframed(bytes, size);
      expect(rejections).toEqual([]);
      expect(frames.map(({ type, stamps: told }) => [type, told?.errorNs])).toEqual([
        ['pong', 350_000],
        ['ping', undefined],
        ['pong', 350_000],
      ]);
    }
  });
});

/** What comes of a stream that is pushed in pieces of so many bytes. */
function deframed(bytes: Uint8Array, size: number) {
  const frames: Frame[] = [];
  const rejections: FrameRejection[] = [];
  const deframer = new StreamDeframer(
    KEY,
    MAX,
    (each) => frames.push({ ...each, payload: each.payload.slice() }),
    (rejection) => rejections.push(rejection),
  );
  for (let at = 0; at < bytes.byteLength; at += size) deframer.push(bytes.subarray(at, at + size));
  return { frames, rejections };
}

test('a damaged ping that comes back is still a damaged one', () => {
  const bytes = changed(8, 200);
  turnIntoPong(bytes);
  expect(decodeFrame(bytes, KEY, MAX)).toEqual({ ok: false, rejection: 'checksum' });
});

test('a ping becomes its pong at every sequence number', () => {
  const random = randomNumbers(5);
  for (let i = 0; i < 500; i += 1) {
    const sequence = Math.floor(random() * 2 ** 32);
    const bytes = frame(new Uint8Array(3), { sequence });
    turnIntoPong(bytes);
    expect(bytes).toEqual(frame(new Uint8Array(3), { sequence, type: 'pong' }));
  }
});
