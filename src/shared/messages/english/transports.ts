import { formatSeconds } from '../../format';

interface Caused {
  cause: string;
}

/** Why a transport, an addon or a kernel floor can't be had, and how a link ended. */
export const TRANSPORTS = {
  'addon.no-launcher': ({ addon }: { addon: string }) =>
    `The ${addon} addon was not set up, because Bulkhead was not started by bin/bulkhead. Start it with npm start.`,
  'addon.not-set-up': ({ addon }: { addon: string }) => `The ${addon} addon was not set up. Run npm run setup.`,
  'addon.not-loaded': ({ addon, cause }: { addon: string } & Caused) =>
    `The ${addon} addon did not load: ${cause}. Run npm run setup to build it again.`,

  'floor.ended': () => 'bulkhead-floor ended.',
  'floor.empty': () => 'bulkhead-floor measured nothing.',
  'floor.unreadable': () =>
    'bulkhead-floor printed something else than its result. Run npm run setup to build it again.',
  'floor.interrupted': () => 'It was interrupted.',
  'floor.late': ({ limitMs }: { limitMs: number }) => `bulkhead-floor was not done within ${formatSeconds(limitMs)}.`,
  'floor.missing': () => 'bulkhead-floor is not there. Run npm run setup to build it.',

  'transport.no-loopback': ({ address, family }: { address: string; family: 4 | 6 }) =>
    `No network interface of this machine has the address ${address}${family === 6 ? ': IPv6 is switched off here' : ''}. Bring the loopback interface up, or use another transport.`,
  'transport.no-mkfifo': () => 'Windows has no mkfifo. Use another transport here, or run Bulkhead on Linux or macOS.',
  'transport.no-inotify': () =>
    'The shared file wakes its reader through inotify, which only Linux has. Use another transport here.',
  'transport.no-raw-sockets': () =>
    'The kernel lets only root, and processes with the right to raw sockets (CAP_NET_RAW), send ICMP. Run the command as root, or give it that right: sudo setpriv --reuid=$USER --init-groups --inh-caps=+net_raw --ambient-caps=+net_raw COMMAND',
  'transport.echo-off': () =>
    'The kernel is set not to answer echo requests. Let it: sudo sysctl net.ipv4.icmp_echo_ignore_all=0',
  'transport.no-standard-streams': () => 'It is written for Linux and macOS. Use another transport here.',
  'transport.no-unix-datagrams': () =>
    'Windows has no Unix datagram sockets. Use another transport here, or run Bulkhead on Linux or macOS.',
  'transport.no-unix-sockets': () =>
    'Windows has no Unix sockets in Node.js. Use another transport here, or run Bulkhead on Linux or macOS.',
  'transport.no-child': ({ method }: { method: string }) =>
    `A plugin has no stdin: it is Chromium's child. Measure this way with: bulkhead bench --method ${method}`,
  'transport.renderer-only': () => 'Only a renderer invokes. Use another transport for this process.',
  'transport.renderer-end': () =>
    'Only a renderer has ipcRenderer, and its end is in its preload. Use another transport for this process.',
  'transport.no-parent-port': () => 'Only a utility process has a parent port. Use a message port for this process.',
  'transport.no-port': () => 'The message port did not come with its ticket. The channel has to be opened again.',
  'transport.kernel-answers': () =>
    'The kernel answers echo requests: there is no other end to open. Please report this.',
  'transport.unreachable': ({ cause }: Caused) =>
    `The browser process could not be reached: ${cause}. The channel has to be opened again.`,
  'transport.path-too-long': (p: { path: string; bytes: number; maxBytes: number; given: boolean }) =>
    `The socket path is ${p.bytes} bytes long and a Unix socket takes ${p.maxBytes}: ${p.path}. ${p.given ? 'Give a shorter one with --path.' : 'Set TMPDIR to a shorter folder.'}`,
  'transport.no-pipe': ({ path }: { path: string }) =>
    `${path} is not a named pipe. Something replaced it; the channel has to be opened again.`,
  'transport.not-bound': ({ path, cause }: { path: string } & Caused) =>
    `Could not bind to the datagram socket ${path} (${cause}). Check that its directory exists and is yours.`,
  'transport.not-connected': ({ path, cause }: { path: string } & Caused) =>
    `Could not connect to the datagram socket ${path} (${cause}). Check that its directory exists and is yours.`,
  'transport.streams-missing': () => 'The child process has no stdin and stdout to talk through. Please report this.',
  'transport.streams-taken': () =>
    'The stdin and stdout of this process serve a channel already, or did. Start another one.',
  'transport.streams-no-handle': () => "This runtime's child processes have no handle to read from. Use stdout-alloc.",
  'transport.partial-write': ({ written, bytes }: { written: number; bytes: number }) =>
    `only ${written} of ${bytes} bytes were written; is the disk full?`,
  'transport.partial-read': ({ read, bytes }: { read: number; bytes: number }) =>
    `only ${read} of ${bytes} bytes were there; something cut the file short`,

  'link.connection-closed': () => 'the other end closed the connection',
  'link.connection-failed': ({ cause }: Caused) => `the connection failed: ${cause}`,
  'link.nobody': () => 'nobody answered with the key of this channel',
  'link.pipe-failed': ({ cause }: Caused) => `the pipe failed: ${cause}`,
  'link.file-failed': ({ cause }: Caused) => `the shared file failed: ${cause}`,
  'link.port-closed': () => 'the other end of the port was closed',
  'link.closed': () => 'the other end was closed',
  'link.gone': ({ cause }: Caused) => `the other end is gone: ${cause}`,
  'link.socket-failed': ({ cause }: Caused) => `the socket failed: ${cause}`,
  'link.port-lost': () => 'nobody has the port of the other end any more',
  'link.parent-closed': () => 'the parent closed its end',
  'link.child-closed': () => 'the child process closed its stdin or stdout',
  'link.child-exited': ({ exitCode }: { exitCode: number | null }) =>
    `the child process was ended by itself with code ${exitCode}`,
  'link.child-killed': ({ signal }: { signal: string }) => `the child process was ended by signal ${signal}`,
  'link.child-failed': ({ cause }: Caused) => `the child process failed: ${cause}`,
};
