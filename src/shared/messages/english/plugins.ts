/** Folders that are no plugins. */
export const PLUGINS = {
  'plugin.refused': ({ folder, cause }: { folder: string; cause: string }) =>
    `The plugin “${folder}” was not started: ${cause}`,
  'plugin.bad-name': () => 'its folder name may hold a–z, 0–9 and - only. Rename the folder.',
  'plugin.no-entry': () => 'it has no index.ts. Add one that calls servePlugin.',
  'plugin.no-manifest': () => 'it has no manifest.json. Add one with name, description and transports.',
  'plugin.manifest-no-json': ({ cause }: { cause: string }) => `its manifest.json is not JSON (${cause}). Fix it.`,
  'plugin.no-script': ({ script }: { script: string }) =>
    `its manifest.json names ${script} as a script, and there is no ${script}.ts. Add it, or take it out.`,
  'plugin.manifest-invalid': ({ cause }: { cause: string }) => `its manifest.json is invalid: ${cause}. Fix it.`,
};
