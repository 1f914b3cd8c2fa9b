import { formatSeconds } from '../../format';

interface AtPath {
  path: string;
}

/** Files that could not be written, and charts that could not be drawn. */
export const EXPORTS = {
  'write.disk-full': ({ path }: AtPath) =>
    `${path} was not written: the disk is full, or the device takes no more. Free some space, or choose another folder.`,
  'write.not-allowed': ({ path }: AtPath) =>
    `${path} was not written: you may not write there. Choose a folder that is yours.`,
  'write.read-only': ({ path }: AtPath) =>
    `${path} was not written: that file system is read-only. Choose another folder.`,
  'write.no-folder': ({ path }: AtPath) =>
    `${path} was not written: its folder is not there (any more). Choose another folder.`,
  'write.is-folder': ({ path }: AtPath) =>
    `${path} was not written: there is a folder of that name. Choose another name.`,
  'write.link-to-itself': ({ path }: AtPath) =>
    `${path} was not written: it is a link that leads back to itself. Remove it, or choose another name.`,
  'write.no-reader': ({ path }: AtPath) =>
    `${path} was not written: it is a named pipe, and nobody reads it. Start its reader first (cat ${path}), or choose another name.`,
  'write.reader-left': ({ path }: AtPath) =>
    `${path} was not written to the end: whoever read it went away. Start a reader that reads to the end, or name a file.`,
  'write.failed': ({ path, cause }: AtPath & { cause: string }) =>
    `${path} was not written: ${cause}. Try again, or choose another folder.`,
  'write.socket': () => 'it is a socket, and not a place for a file',
  'print.reader-left': () =>
    'The results could not be printed: the program that reads them ended before it had them all. Write them to a file, for example with --json FILE, or have it read to the end.',
  'print.disk-full': () =>
    'The results could not be printed: there is no room left where standard output leads. Make room, or name another place.',
  'print.failed': ({ cause }: { cause: string }) =>
    `The results could not be printed: ${cause}. Name another place for standard output.`,
  'chart.not-drawn': ({ cause }: { cause: string }) => `the chart could not be drawn: ${cause}`,
  'copy.no-picture': () => 'The chart could not be copied as a picture. Export it as PNG instead.',
  'copy.failed': ({ cause }: { cause: string }) =>
    `Nothing was copied: the clipboard did not take it (${cause}). Try again, or export it.`,
  'file.not-written': () => 'Bulkhead has written no such file since it was started. Export or save it again.',
  'file.gone': ({ path }: { path: string }) =>
    `${path} is not there any more: it was moved or deleted. Export or save it again.`,
  'chart.no-image': () => 'the chart could not be drawn as an image',
  'chart.late': ({ limitMs }: { limitMs: number }) => `the window did not draw it within ${formatSeconds(limitMs)}`,
  'chart.window-hangs': () => 'the window does not answer; it hangs',
};
