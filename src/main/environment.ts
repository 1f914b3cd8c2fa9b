import { app } from 'electron';
import { cpus, release, totalmem } from 'node:os';
import type { Environment } from '../shared/snapshot';
import type { Options, RuntimeOrigin } from './options';

/** True unless Chromium's sandbox was switched off on the command line, as it has to be for root. */
export function isSandboxed(): boolean {
  return !app.commandLine.hasSwitch('no-sandbox');
}

export function readEnvironment(options: Options, runtime: RuntimeOrigin): Environment {
  const processors = cpus();
  return {
    bulkhead: app.getVersion(),
    electron: process.versions.electron,
    chrome: process.versions['chrome'] ?? '',
    node: process.versions.node,
    v8: process.versions.v8,
    runtimeOrigin: runtime.origin,
    runtimeDetail: runtime.detail,
    runtimeSupported: runtime.supported,
    os: `${process.platform} ${release()} ${process.arch}`,
    cpu: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryBytes: totalmem(),
    sandboxed: isSandboxed(),
    headless: options.headless,
  };
}
