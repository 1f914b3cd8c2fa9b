/** In the place of a file's path: standard output, on which nothing else is written then. */
export const STANDARD_OUTPUT = '-';

/** Whether one of the outputs that were asked for is standard output. */
export function isPrinted(paths: Readonly<Record<string, unknown>>): boolean {
  return Object.values(paths).includes(STANDARD_OUTPUT);
}
