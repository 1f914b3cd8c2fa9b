import { readdirSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findProgram } from '../server/find-program';

const EMULATOR_JAR = /^cloud-pubsub-emulator-.*\.jar$/;

/** Google's emulator where the Google Cloud SDK has it, or null. */
export function findEmulator(): { jar: string; java: string } | null {
  const gcloud = findProgram('gcloud');
  const java = findProgram('java');
  if (gcloud === null || java === null) return null;
  try {
    const lib = join(dirname(realpathSync(gcloud)), '../platform/pubsub-emulator/lib');
    const jar = readdirSync(lib).find((name) => EMULATOR_JAR.test(name));
    return jar === undefined ? null : { jar: join(lib, jar), java };
  } catch {
    return null;
  }
}
