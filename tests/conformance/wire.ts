import { Socket } from 'node:net';

/** What the suite in Electron tells run.mjs, one JSON document on each line. */
export type WireMessage =
  | { kind: 'begin'; name: string }
  | { kind: 'passed'; name: string }
  | { kind: 'failed'; name: string; reason: string }
  | { kind: 'skipped'; name: string; reason: string }
  | { kind: 'finished' };

export interface Wire {
  tell(message: WireMessage): void;
  /** Says that all is told; settles when the last line is on its way. */
  finish(): Promise<void>;
}

/** The suite's end of the wire. `onLost` is called when run.mjs is gone: nobody is left to tell, or to end the suite. */
export function openWire(descriptor: number, onLost: () => void): Wire {
  const socket = new Socket({ fd: descriptor, readable: true, writable: true });
  socket.on('error', onLost);
  socket.on('end', onLost);
  socket.resume();
  const tell = (message: WireMessage) => void socket.write(`${JSON.stringify(message)}\n`);
  return {
    tell,
    finish() {
      tell({ kind: 'finished' });
      return new Promise((resolve) => {
        socket.write('', () => resolve());
      });
    },
  };
}
