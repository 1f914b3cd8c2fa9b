/** `sun_path` holds 108 bytes with its final zero. Node and the unix-dgram package cut a longer path silently. */
export const MAX_PATH_BYTES = 107;

/** @throws RangeError when `path` is too long for a Unix socket: it would be cut, and another file made. */
export function checkSocketPath(path: string): void {
  const length = Buffer.byteLength(path);
  if (length > MAX_PATH_BYTES) {
    throw new RangeError(
      `The socket path is ${length} bytes long and a Unix socket takes ${MAX_PATH_BYTES}: ${path}. Set TMPDIR to a shorter folder.`,
    );
  }
}
