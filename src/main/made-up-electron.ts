import { EventEmitter } from 'node:events';

/** For tests: the little of Electron that hosts and feed use. Messages arrive at once; a close is heard at both ends. */

export class MadeUpPort extends EventEmitter {
  other: MadeUpPort | null = null;
  readonly got: unknown[] = [];

  postMessage(data: unknown, ports: MadeUpPort[] = []): void {
    const { other } = this;
    other?.got.push(data);
    other?.emit('message', { data, ports });
  }

  start(): void {}

  close(): void {
    const { other } = this;
    this.other = null;
    if (other === null) return;
    other.other = null;
    other.emit('close');
    this.emit('close');
  }
}

export class MessageChannelMain {
  readonly port1 = new MadeUpPort();
  readonly port2 = new MadeUpPort();
  constructor() {
    this.port1.other = this.port2;
    this.port2.other = this.port1;
  }
}
