/** A payload that is neither all zeros nor compressible at a glance. */
export function payloadOf(bytes: number): Uint8Array {
  const payload = new Uint8Array(bytes);
  for (let i = 0; i < bytes; i += 1) payload[i] = (i * 131 + 17) & 0xff;
  return payload;
}
