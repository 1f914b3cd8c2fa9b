import { type Message, say } from '../shared/messages/message';
import type { Environment, Notice } from '../shared/snapshot';

/** What a person should know before they trust what they see. */
export function noticesFor(environment: Environment, refusedPlugins: readonly Message[]): Notice[] {
  const notices: Notice[] = [];
  if (!environment.sandboxed) {
    notices.push({
      id: 'no-sandbox',
      level: 'warning',
      text: process.getuid?.() === 0 ? say('notice.sandbox-off-root') : say('notice.sandbox-off-switch'),
    });
  }
  if (!environment.runtimeSupported) {
    notices.push({
      id: 'unsupported-runtime',
      level: 'info',
      text: say('notice.runtime-unsupported', { runtime: environment.runtimeDetail }),
    });
  }
  refusedPlugins.forEach((text, i) => notices.push({ id: `plugin-${i}`, level: 'warning', text }));
  return notices;
}
