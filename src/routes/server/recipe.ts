/**
 * How to run a messaging system's server: data, so that whoever supervises processes can start it in its own way.
 * Everything listens on the loopback interface and keeps its files in one folder.
 */
export interface ServerRecipe {
  title: string;
  /** Looks for the program on this machine; `mode` tells which, where a route has several. */
  find(mode?: string): { file: string } | { missing: string; install: string };
  /**
   * Chooses ports and writes what the server reads into `folder`, which exists and belongs to the caller. The plan can be
   * run again and again: clients come back on the same port, and what was durable is still there.
   */
  plan(file: string, folder: string, mode: string): Promise<ServerPlan>;
}

export interface ServerPlan {
  url: string;
  /** In the order of starting; stopped the other way round. */
  processes: ServerProcess[];
}

export interface ServerProcess {
  name: string;
  file: string;
  args: string[];
  /** The whole environment, not an addition to this process's. */
  env: Record<string, string>;
  /** Ready when this stands in a line of either output, or when the port on loopback takes a connection. */
  ready: { line: string } | { port: number };
  /** Where it says what is wrong with it. */
  words: 'standard error' | 'standard output';
  readyTimeoutMs: number;
  stopTimeoutMs: number;
}
