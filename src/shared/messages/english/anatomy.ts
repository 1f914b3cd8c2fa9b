import { formatDuration } from '../../format';

interface Peer {
  /** What answers, in one word: plugin, page. */
  peer: string;
}

const POINTS_AND_STAGES = {
  'stage.due-sent': () => 'waiting in our process until it was sent',
  'stage.sent-wrote': () => 'our call that sent it',
  'stage.wrote-peerRead': ({ peer }: Peer) => `waiting for the ${peer}’s thread to be scheduled`,
  'stage.peerRead-peerTook': ({ peer }: Peer) => `from the ${peer}’s thread to its JavaScript`,
  'stage.peerTook-peerAnswered': ({ peer }: Peer) => `the ${peer} making its answer`,
  'stage.peerAnswered-peerWrote': ({ peer }: Peer) => `the ${peer}’s call that sent the answer`,
  'stage.peerWrote-read': () => 'waiting for our thread to be scheduled',
  'stage.read-done': () => 'from our thread to our JavaScript',
  'stage.wrote-peerTook': ({ peer }: Peer) => `waiting for the ${peer}’s JavaScript to run`,
  'stage.peerWrote-done': () => 'waiting for our JavaScript to run',
  'stage.wrote-done': ({ peer }: Peer) => `there, the ${peer}’s answer, and back`,
  'stage.there-and-back': ({ peer }: Peer) => `there and back, without the ${peer}’s answer`,
  'point.due': () => 'it was due',
  'point.sent': () => 'it was handed over to be sent',
  'point.wrote': () => 'it was sent',
  'point.peerRead': ({ peer }: Peer) => `the ${peer}’s thread had it`,
  'point.peerTook': ({ peer }: Peer) => `the ${peer}’s JavaScript had it`,
  'point.peerAnswered': ({ peer }: Peer) => `the ${peer} had its answer`,
  'point.peerWrote': () => 'the answer was sent',
  'point.read': () => 'our thread had the answer',
  'point.done': () => 'our JavaScript had the answer',
};

/** Where the time of a round trip goes. A stage is said as what is done in it. All are told the peer, needed or not. */
export const ANATOMY = {
  ...(POINTS_AND_STAGES as { [C in keyof typeof POINTS_AND_STAGES]: (peer: Peer) => string }),
  'stage.between': ({ from, to }: { from: string; to: string }) => `from when ${from} until ${to}`,
  'anatomy.nothing': ({ percentile }: { percentile: string }) => `${percentile}: no stage took any time`,
  'anatomy.most': (p: { percentile: string; share: number; stage: string }) =>
    `${p.percentile}: ${percent(p.share)} ${p.stage}`,
  'anatomy.two': (p: { percentile: string; share: number; stage: string; second: number; other: string }) =>
    `${p.percentile}: ${percent(p.share)} ${p.stage}, ${percent(p.second)} ${p.other}`,
  'anatomy.tail': (p: { moreNs: number; share: number; stage: string }) =>
    `p99 takes ${formatDuration(p.moreNs)} more than p50; ${percent(p.share)} of that: ${p.stage}`,
};

function percent(share: number): string {
  return `${Math.round(share * 100)}\u202f%`;
}
