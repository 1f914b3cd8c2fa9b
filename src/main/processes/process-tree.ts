import { allPids, readProc } from './proc-files';
import { parseStat } from './proc-text';

export interface TreeProcess {
  pid: number;
  parent: number;
  group: number;
  startTime: string;
}

/** What the tree needs of /proc: the real one, or a test's. */
export interface TreeSource {
  pids(): number[];
  stat(pid: number): string | null;
}

const PROC: TreeSource = { pids: allPids, stat: (pid) => readProc(pid, 'stat') };

/**
 * What descends from a process, or is in a process group of one of its own. Only a pid that was not there at the reading
 * before costs a file; a process that is nobody's of ours stays so.
 */
export class ProcessTree {
  readonly #source: TreeSource;
  #known = new Map<number, TreeProcess>();

  constructor(source: TreeSource = PROC) {
    this.#source = source;
  }

  /** Parents before their children. Zombies are left out. */
  descendants(root: number, groups: ReadonlySet<number>): TreeProcess[] {
    const known = new Map<number, TreeProcess>();
    for (const pid of this.#source.pids()) {
      const process = this.#known.get(pid) ?? this.#read(pid);
      if (process !== null) known.set(pid, process);
    }
    this.#known = known;
    const ours = new Set([root]);
    const found: TreeProcess[] = [];
    // Pids wrap around, so a child's may be lower than its parent's.
    for (let before = -1; before !== found.length;) {
      before = found.length;
      for (const process of known.values()) {
        if (ours.has(process.pid) || !(ours.has(process.parent) || groups.has(process.group))) continue;
        const now = this.#read(process.pid);
        if (now === null || now.startTime !== process.startTime) {
          known.delete(process.pid);
          continue;
        }
        ours.add(process.pid);
        found.push(now);
      }
    }
    return found;
  }

  #read(pid: number): TreeProcess | null {
    const stat = parseStat(this.#source.stat(pid) ?? '');
    return stat === null || stat.state === 'Z' || stat.state === 'X'
      ? null
      : { pid, parent: stat.parent, group: stat.group, startTime: stat.startTime };
  }
}
