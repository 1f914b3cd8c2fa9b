// @ts-check
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { SetUpError } from './set-up-error.mjs';

/**
 * @param {string} file
 * @param {string} algorithm as `node:crypto` names it
 * @param {import("node:crypto").BinaryToTextEncoding} encoding
 */
export async function hashFile(file, algorithm, encoding) {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(file), hash);
  return hash.digest(encoding);
}

/**
 * Refuses a file whose SHA-512 is not the pinned one.
 *
 * @param {string} file
 * @param {string} expected as npm writes it: `sha512-<base64>`
 * @param {string} what names the file in the error
 */
export async function verifyIntegrity(file, expected, what) {
  refuseUnlessEqual(`sha512-${await hashFile(file, 'sha512', 'base64')}`, expected, what);
}

/**
 * Refuses a file whose SHA-256 is not the pinned one.
 *
 * @param {string} file
 * @param {string} expectedHex
 * @param {string} what names the file in the error
 */
export async function verifySha256(file, expectedHex, what) {
  refuseUnlessEqual(await hashFile(file, 'sha256', 'hex'), expectedHex, what);
}

/**
 * @param {string} actual
 * @param {string} expected
 * @param {string} what
 */
function refuseUnlessEqual(actual, expected, what) {
  if (actual === expected) return;
  throw new SetUpError(
    `${what} was refused: its checksum is not the one pinned in this repository (expected ${expected}, got ${actual}).`,
    {
      nextStep:
        'It may have been damaged on the way or replaced at its source. Try once more; if that fails the same way, do not use it.',
    },
  );
}
