import type { PostedFrame } from '../../shared/control';
import type { Unsubscribe } from '../../shared/emitter';

/** Routes the frames on the one parent port of a utility process, which control messages use as well, by channel address. */
export class FrameRouter {
  readonly #post: (message: PostedFrame) => void;
  readonly #receivers = new Map<string, (bytes: unknown) => void>();

  /** @param post posts a message to the other side; whoever hears the other side's messages calls `take` first. */
  constructor(post: (message: PostedFrame) => void) {
    this.#post = post;
  }

  post(to: string, bytes: Uint8Array): void {
    this.#post({ kind: 'frame', to, bytes });
  }

  receive(at: string, receiver: (bytes: unknown) => void): Unsubscribe {
    this.#receivers.set(at, receiver);
    return () => {
      if (this.#receivers.get(at) === receiver) this.#receivers.delete(at);
    };
  }

  /** True when `message` was a frame, and not a control message. Frames for a closed address are dropped. */
  take(message: unknown): boolean {
    if (typeof message !== 'object' || message === null || (message as Partial<PostedFrame>).kind !== 'frame')
      return false;
    const { to, bytes } = message as PostedFrame;
    this.#receivers.get(to)?.(bytes);
    return true;
  }
}
