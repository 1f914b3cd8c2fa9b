/** What a person should know before they trust what they see. */
export const NOTICES = {
  'notice.sandbox-off-root': () =>
    "Chromium's sandbox is off, because Bulkhead runs as root and Chromium refuses to sandbox root's processes. Run it as an ordinary user to have it on.",
  'notice.sandbox-off-switch': () =>
    "Chromium's sandbox is off, because Bulkhead was started with --no-sandbox. Start it without to have it on.",
  'notice.runtime-unsupported': ({ runtime }: { runtime: string }) =>
    `${runtime}. It is out of support, so remote pages stay closed; built-in sites and all measurements work.`,
};
