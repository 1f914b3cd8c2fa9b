import type { EarlyEnd, Round } from '../../shared/bench/round-samples';
import type { Unsubscribe } from '../../shared/emitter';
import type { Frame } from '../../shared/frame';
import type { PingPath } from '../../shared/measure/probe';
import type { Message } from '../../shared/messages/message';

/** The part of a channel that a round uses. */
export interface BenchPath extends PingPath {
  readonly rejectedTotal: number;
  onFrame(listener: (frame: Frame) => void): Unsubscribe;
  onClose(listener: (reason: Message) => void): Unsubscribe;
}

/** One phase of a round, warm-up or measurement. */
export interface Phase {
  /** How many pings have settled. */
  readonly settled: number;
  receive(frame: Frame): void;
  stop(end: EarlyEnd): void;
  run(): Promise<Round>;
}
