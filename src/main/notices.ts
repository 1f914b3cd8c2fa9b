import type { Environment, Notice } from '../shared/snapshot';

/** What a person should know before they trust what they see. */
export function noticesFor(environment: Environment, refusedPlugins: readonly string[]): Notice[] {
  const notices: Notice[] = [];
  if (!environment.sandboxed) {
    notices.push({
      id: 'no-sandbox',
      level: 'warning',
      text:
        process.getuid?.() === 0
          ? "Chromium's sandbox is off, because Bulkhead runs as root and Chromium refuses to sandbox root's processes. Run it as an ordinary user to have it on."
          : "Chromium's sandbox is off, because Bulkhead was started with --no-sandbox. Start it without to have it on.",
    });
  }
  if (!environment.runtimeSupported) {
    notices.push({
      id: 'unsupported-runtime',
      level: 'info',
      text: `${environment.runtimeDetail}. It is out of support, so remote pages stay closed; built-in sites and all measurements work.`,
    });
  }
  refusedPlugins.forEach((text, i) => notices.push({ id: `plugin-${i}`, level: 'warning', text }));
  return notices;
}
