/** What makes one plugin differ from another: its answer to a ping. */
export interface Plugin {
  /** The payload is valid until this returns; returning it as it is echoes it. */
  respond(payload: Uint8Array): Uint8Array;
}
