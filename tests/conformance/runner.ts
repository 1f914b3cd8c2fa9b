import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { listenerErrors } from '../../src/shared/emitter';
import { RENDERER_TRANSPORTS, TRANSPORT_IDS, type TransportId, TRANSPORTS } from '../../src/shared/transport-catalog';
import { render } from '../../src/shared/messages/message';
import { BOTH_WAYS, DATA_PATH_VARIABLE } from '../../src/transports/native/data-path';
import { transports } from '../../src/transports/registry';
import type { CaseContext, ConformanceCase } from './cases/case';
import { childCases } from './cases/child-cases';
import { dgramSocketCases } from './cases/dgram-socket-cases';
import { echoCases } from './cases/echo-cases';
import { icmpCases } from './cases/icmp-cases';
import { junkCases } from './cases/junk-cases';
import { lifeCases } from './cases/life-cases';
import { pressureCases } from './cases/pressure-cases';
import { unauthenticatedPeerCases } from './cases/unauthenticated-peer-cases';
import { Opening } from './opening';
import type { Peer, PeerKind } from './peers/peer';
import { until, within } from './wait';
import type { WireMessage } from './wire';

/** Against hanging only. */
const CASE_LIMIT_MS = 60_000;
const CASES: readonly ConformanceCase[] = [
  ...echoCases,
  ...junkCases,
  ...unauthenticatedPeerCases,
  ...pressureCases,
  ...lifeCases,
  ...childCases,
  ...icmpCases,
];

/** Which of the pairings a process runs: every `count`th, from the `index`th on. */
export interface Share {
  index: number;
  count: number;
}

/** Runs every case for every pairing of a transport with a kind of peer that is its share, one after the other. */
export class Runner {
  readonly #folder: string;
  readonly #share: Share;
  readonly #tell: (message: WireMessage) => void;
  #strayErrors: unknown[] = [];
  #directories = 0;
  #pairings = 0;

  constructor(folder: string, share: Share, tell: (message: WireMessage) => void) {
    this.#folder = folder;
    this.#share = share;
    this.#tell = tell;
    listenerErrors.report = (error) => this.strayError(error);
  }

  /** An error that surfaced outside the case that runs: the case fails for it. */
  strayError(error: unknown): void {
    this.#strayErrors.push(error);
  }

  async runAll(kinds: Record<PeerKind['name'], PeerKind>): Promise<void> {
    for (const transport of TRANSPORT_IDS)
      for (const name of peersOf(transport)) await this.#pairing(transport, kinds[name], '');
    // As without the addon. The peers, started anew, inherit it.
    process.env[DATA_PATH_VARIABLE] = 'node';
    for (const transport of BOTH_WAYS) await this.#pairing(transport, kinds.plugin, ' by Node.js alone');
    delete process.env[DATA_PATH_VARIABLE];
    if (this.#isOurs()) await this.#datagramSocket();
  }

  #isOurs(): boolean {
    this.#pairings += 1;
    return this.#pairings % this.#share.count === this.#share.index;
  }

  async #pairing(transport: TransportId, kind: PeerKind, how: string): Promise<void> {
    if (!this.#isOurs()) return;
    const pairing = `${TRANSPORTS[transport].title} to a ${kind.name}${how}`;
    const availability = transports[transport].availability();
    if (!availability.available) {
      this.#tell({ kind: 'skipped', name: pairing, reason: render(availability.reason) });
      return;
    }
    let shared: Peer | null = null;
    for (const each of CASES) {
      if (each.applies?.(transports[transport].info) === false) continue;
      const passed = await this.#one(`${pairing} ${each.name}`, async (directory) => {
        shared ??= await kind.start();
        await runCase(each, transport, kind, shared, directory);
      });
      const peer = shared as Peer | null;
      // After a failure the peer is in an unknown state: the next case gets another.
      if (peer !== null && (!passed || !peer.alive || kind.servesOnce)) {
        await peer.kill();
        shared = null;
      }
    }
    const last = shared as Peer | null;
    if (last !== null) await this.#one(`${pairing} lets its peer end in good order`, () => last.stop());
  }

  async #datagramSocket(): Promise<void> {
    const availability = transports['unix-dgram'].availability();
    if (!availability.available) {
      this.#tell({ kind: 'skipped', name: 'The datagram socket', reason: render(availability.reason) });
      return;
    }
    for (const each of dgramSocketCases)
      await this.#one(`The datagram socket ${each.name}`, (directory) => each.run(directory));
  }

  async #one(name: string, run: (directory: string) => Promise<void>): Promise<boolean> {
    this.#directories += 1;
    const directory = join(this.#folder, String(this.#directories));
    mkdirSync(directory, { mode: 0o700 });
    this.#strayErrors = [];
    this.#tell({ kind: 'begin', name });
    try {
      await within(run(directory), CASE_LIMIT_MS, 'the case');
      if (this.#strayErrors.length > 0) throw this.#strayErrors[0];
      this.#tell({ kind: 'passed', name });
      return true;
    } catch (error) {
      this.#tell({
        kind: 'failed',
        name,
        reason: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
      return false;
    }
  }
}

/** Which kinds of peer a transport leads to. */
function peersOf(transport: TransportId): PeerKind['name'][] {
  switch (transport) {
    case 'stdout':
    case 'stdout-alloc':
      return ['child'];
    case 'icmp':
      return ['kernel'];
    case 'ipc-invoke':
      // A utility process has no ipcRenderer.
      return ['renderer'];
    default:
      return (RENDERER_TRANSPORTS as readonly TransportId[]).includes(transport) ? ['plugin', 'renderer'] : ['plugin'];
  }
}

/** Runs one case, then closes what it opened and sees to it that no file is left. */
async function runCase(
  each: ConformanceCase,
  transport: TransportId,
  kind: PeerKind,
  peer: Peer,
  directory: string,
): Promise<void> {
  const openings: Array<{ opening: Opening; at: Peer }> = [];
  const peers: Peer[] = [];
  const listen = async (at: Peer, options: { channelId?: string | undefined; withInjector?: boolean } = {}) => {
    const opening = await Opening.listen({ transport, directory, peer: at, ...options });
    openings.push({ opening, at });
    return opening;
  };
  const context: CaseContext = {
    info: transports[transport].info,
    directory,
    peer,
    listen: (channelId) => listen(peer, { channelId }),
    listenWithInjector: () => listen(peer, { withInjector: true }),
    async open(at = peer) {
      const opening = await listen(at);
      await opening.openPeer(at);
      return opening;
    },
    async startPeer() {
      const started = await kind.start();
      peers.push(started);
      return started;
    },
  };
  try {
    await each.run(context);
  } finally {
    for (const { opening, at } of openings) opening.close(at);
    for (const each of peers) await each.kill();
  }
  await until(
    () => readdirSync(directory).length === 0,
    () => `the directory is empty after the case (it holds ${readdirSync(directory).join(', ')})`,
  );
}
