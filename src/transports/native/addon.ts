import type * as Native from '../../../native';
import type { Availability } from '../../shared/transport-catalog';
import { MessageError } from '../../shared/messages/message';
import { type LoadedAddon, loadAddon } from '../addons';

export type NativeAddon = typeof Native;

let loaded: LoadedAddon<NativeAddon> | null = null;

/** Bulkhead's own addon. @throws Error with the reason when it isn't available. */
export function nativeAddon(): NativeAddon {
  const result = load();
  if ('reason' in result) throw new MessageError(result.reason);
  return result.package;
}

export function nativeAvailability(): Availability {
  const result = load();
  return 'package' in result ? { available: true } : { available: false, reason: result.reason };
}

function load(): LoadedAddon<NativeAddon> {
  loaded ??= loadAddon('bulkhead-native');
  return loaded;
}
