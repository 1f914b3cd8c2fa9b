import { dirname, join } from 'node:path';
import type { InstalledPlugin } from '../plugins';
import type { ProcessRegistry } from '../processes/process-registry';
import { standardError, utilityLaunch } from './plugin-process';
import { type GroupMember, type GroupSpec, MAIN_ROLE } from './process-group';
import { programLaunch } from './program-process';

/** The processes of a plugin as its manifest says: what it needs first, then `index`, which answers the pings. */
export function pluginGroup({ id, manifest, entry }: InstalledPlugin, registry: ProcessRegistry): GroupSpec {
  const folder = dirname(entry);
  const others = (manifest.processes ?? []).map((each): GroupMember => {
    const { role, description: title = manifest.description } = each;
    if (each.command === undefined) {
      const launch = utilityLaunch(join(folder, `${each.entry}.js`), registry);
      return { role, kind: 'plugin', title, launch };
    }
    const program = {
      command: each.command,
      args: each.args ?? [],
      cwd: folder,
      env: environmentForPrograms(process.env),
      readyText: each.ready ?? null,
    };
    return { role, kind: 'server', title, launch: programLaunch(program, registry, passOn) };
  });
  const main: GroupMember = {
    role: MAIN_ROLE,
    kind: 'plugin',
    title: manifest.description,
    launch: utilityLaunch(entry, registry),
  };
  return { id: `plugin:${id}`, name: manifest.name, members: [...others, main] };
}

/** What nobody takes is dropped here; the end of what it writes to its standard error is kept with its death. */
function passOn(chunk: Buffer): void {
  standardError.writeFrame(chunk);
}

/** What Bulkhead and the runtime tell themselves is nobody else's: a program may be an Electron or a Bulkhead too. */
export function environmentForPrograms(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !name.startsWith('BULKHEAD_') && !name.startsWith('ELECTRON_')),
  );
}
