import type { OwnedKind } from '../../shared/snapshot';

export interface Named {
  kind: OwnedKind;
  name: string;
}

/**
 * What a process is, from its command line. `origin`: the kind of the one of ours that has started it; undefined when
 * this very process, or Chromium, has.
 */
export function nameOfCommand(commandLine: string, origin: OwnedKind | undefined): Named {
  const type = option(commandLine, 'type');
  const name = type ?? (programName(commandLine) || 'process');
  if (origin !== undefined) return { kind: origin, name };
  switch (type) {
    case null:
      return { kind: 'other', name };
    case 'zygote':
      return { kind: 'zygote', name: 'Zygote' };
    case 'gpu-process':
      return { kind: 'gpu', name: 'GPU' };
    case 'renderer':
      return { kind: 'renderer', name: 'Renderer without a page' };
    default:
      return option(commandLine, 'utility-sub-type') === 'network.mojom.NetworkService'
        ? { kind: 'network', name: 'Network service' }
        : { kind: 'utility', name: option(commandLine, 'utility-sub-type') ?? name };
  }
}

/** Chromium writes its title over its command line, with spaces between the words. */
function option(commandLine: string, name: string): string | null {
  return new RegExp(`(?:^|[\\0 ])--${name}=([\\w.-]+)`).exec(commandLine)?.[1] ?? null;
}

/** Without its folder. */
function programName(commandLine: string): string {
  const [first = ''] = commandLine.split('\0');
  return first.slice(first.lastIndexOf('/') + 1).slice(0, 60);
}
