/**
 * How many invokes a renderer holds open for the browser process to answer, on each `ipc-invoke` channel: so many
 * messages can be on their way to it at once, and the others wait.
 */
export const HELD_INVOKES = 32;
