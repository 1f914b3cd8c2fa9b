/** Resolves when the text has left this process: an exit right after must not cut it. A reader that went away is none. */
export function writeStandardOutput(text: string): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.once('error', () => resolve());
    process.stdout.write(text, () => resolve());
  });
}
