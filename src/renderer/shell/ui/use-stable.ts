import { useState } from 'react';
import { shareStructure } from './share-structure';

/** `value`, with the identity it had before for every part that hasn't changed. */
export function useStable<T>(value: T): T {
  const [share] = useState(() => sharer<T>());
  return share(value);
}

function sharer<T>(): (next: T) => T {
  let held: T | undefined;
  return (next) => (held = shareStructure(held, next));
}
