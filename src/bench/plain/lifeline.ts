import { Socket } from 'node:net';

/** Calls back when the launcher is gone, however it went: its end of this descriptor closes then. */
export function followLauncher(gone: () => void): void {
  const descriptor = process.env['BULKHEAD_LIFELINE_FD'];
  if (descriptor === undefined || !/^\d+$/.test(descriptor)) return;
  const lifeline = new Socket({ fd: Number(descriptor), readable: true, writable: false });
  lifeline.on('error', gone);
  lifeline.on('close', gone);
  lifeline.resume();
  // It must not keep a process alive that has nothing more to do.
  lifeline.unref();
}
