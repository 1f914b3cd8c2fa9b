import { app } from 'electron';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { registerSchemes } from '../../src/main/scheme';
import { setUpSwitches } from '../../src/main/switches';
import { childPeers } from './peers/child-peer';
import { kernelPeers } from './peers/kernel-peer';
import { pluginPeers } from './peers/plugin-peer';
import { rendererPeers } from './peers/renderer-peer';
import { Runner } from './runner';
import { openWire } from './wire';

/** The browser process of the conformance suite: the real transports, to real peers, without the laboratory around them. */

const { folder, share, out, wireFd } = z
  .object({
    folder: z.string(),
    share: z.object({ index: z.number(), count: z.number() }),
    out: z.string(),
    wireFd: z.number(),
  })
  .parse(JSON.parse(process.env['BULKHEAD_CONFORMANCE'] ?? '{}'));

app.setPath('userData', join(folder, 'profile'));
setUpSwitches();
registerSchemes();
// Windows come and go from case to case.
app.on('window-all-closed', () => undefined);

const wire = openWire(wireFd, () => {
  // run.mjs was killed: nobody else is left to clear up. An orderly exit would write the profile once more.
  rmSync(folder, { recursive: true, force: true });
  process.kill(process.platform === 'win32' ? process.pid : -process.pid, 'SIGKILL');
});
const runner = new Runner(folder, share, (message) => wire.tell(message));
process.on('uncaughtException', (error) => runner.strayError(error));
process.on('unhandledRejection', (error) => runner.strayError(error));

// Not awaited: an ES module that waits for `ready` at its top level keeps `ready` from coming.
void app
  .whenReady()
  .then(() =>
    runner.runAll({
      plugin: pluginPeers(out),
      renderer: rendererPeers(out),
      child: childPeers(import.meta.dirname),
      kernel: kernelPeers(),
    }),
  )
  .then(() => wire.finish())
  .then(() => app.exit(0));
