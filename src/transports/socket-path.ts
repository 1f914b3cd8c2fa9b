import { MessageError, say } from '../shared/messages/message';

/** `sun_path` holds 108 bytes on Linux and 104 on macOS and the BSDs, with its final zero. Node and the unix-dgram package cut a longer path silently. */
export function maxSocketPathBytes(platform: NodeJS.Platform = process.platform): number {
  return platform === 'linux' || platform === 'android' ? 107 : 103;
}

/**
 * @param how.given whether a person named it, and not a folder of Bulkhead's
 * @throws MessageError when `path` is too long for a Unix socket: it would be cut, and another file made.
 */
export function checkSocketPath(
  path: string,
  { given = false, platform = process.platform }: { given?: boolean; platform?: NodeJS.Platform } = {},
): void {
  const length = Buffer.byteLength(path);
  const most = maxSocketPathBytes(platform);
  if (length > most) {
    throw new MessageError(say('transport.path-too-long', { path, bytes: length, maxBytes: most, given }));
  }
}
