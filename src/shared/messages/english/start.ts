/** Why Bulkhead did not start, or ends, at the terminal. */
export const START = {
  'start.failed': ({ cause }: { cause: string }) => `Bulkhead could not start. ${cause}`,
  'start.bench-failed': ({ cause }: { cause: string }) => `The benchmark could not start. ${cause}`,
  'start.no-launcher': () => 'Bulkhead was not started by bin/bulkhead, so nobody said where this runtime came from.',
  'start.temporary-folder': ({ folder, cause }: { folder: string; cause: string }) =>
    `The temporary folder ${folder} can't be used: ${cause}. Bulkhead keeps its sockets and pipes there: make it a folder with room that you may write to, or name another one in the environment variable TMPDIR.`,
  /** `pid`: who has it, or null. */
  'start.running-already': ({ pid }: { pid: number | null }) =>
    `Bulkhead is already running with this profile${pid === null ? '' : ` (process ${pid})`}; its window was brought to the front. For a second one, give it a profile of its own: bin/bulkhead run --profile DIR.`,
  'start.locked-elsewhere': (p: { profile: string; host: string; pid: number; lock: string }) =>
    `The profile folder ${p.profile} is locked from another computer or container (${p.host}, process ${p.pid}). End Bulkhead there, or give this one a profile of its own: bin/bulkhead run --profile DIR. If it doesn't run there any more, remove the lock: rm "${p.lock}"`,
  'start.not-locked': ({ profile }: { profile: string }) =>
    `The profile folder ${profile} could not be locked. The folder and the temporary folder have to be writable and to have room. Fix that, or name others: TMPDIR=DIR bin/bulkhead run --profile DIR.`,
  'start.no-pipe': (p: { descriptor: number; cause: string; consequence: string }) =>
    `There is no pipe under descriptor ${p.descriptor}, which the process that started this one has named (${p.cause}). ${p.consequence}`,
  'start.no-lifeline': () => 'If the launcher is killed, this process will not notice: end it yourself then.',
  'start.no-progress': () => 'Progress is not told.',
  'end.bug': () => 'Bulkhead met an error of its own and is closing. Please report this:',
  'end.bench-bug': () => 'The benchmark met an error of its own. Please report this:',
  'end.server-bug': () => 'The server met an error of its own and stops. Please report this:',
  'end.not-in-order': () => 'Bulkhead could not close everything in good order:',
  'end.listener-threw': () => 'A listener threw:',
  'end.network-service': () =>
    "Chromium's network service dies as often as it is started, so Bulkhead is closing. Most often a limit is too low: open files (ulimit -n), processes (ulimit -u), memory, or room in /dev/shm or TMPDIR. Raise it and start again.",
};
