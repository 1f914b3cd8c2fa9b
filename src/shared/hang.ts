/** Blocks this thread, and its event loop, by spinning. */
export function hang(durationMs: number): void {
  const until = performance.now() + durationMs;
  while (performance.now() < until);
}
