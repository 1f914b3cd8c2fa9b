import { status } from '@grpc/grpc-js';
import { Refused } from './protocol';

/** Names of resources, by Google's rules: 3 to 255 characters of a small alphabet, and not "goog…". */
const ID = '(?!goog)[A-Za-z][A-Za-z0-9._~%+-]{2,254}';
const PATTERNS = {
  topic: new RegExp(`^projects/[^/]+/topics/${ID}$`),
  subscription: new RegExp(`^projects/[^/]+/subscriptions/${ID}$`),
};

/** Throws INVALID_ARGUMENT for what can't be a name. */
export function checkName(kind: keyof typeof PATTERNS, name: string): void {
  if (!PATTERNS[kind].test(name))
    throw new Refused(
      status.INVALID_ARGUMENT,
      `Invalid [${kind}s] name: (name=${name.slice(0, 300)}). It has to be projects/PROJECT/${kind}s/ID, the ID with 3 to 255 characters.`,
    );
}

export function projectOf(name: string): string {
  return name.split('/').slice(0, 2).join('/');
}
