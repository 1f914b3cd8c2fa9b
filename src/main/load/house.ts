import type { ServerRecipe } from '../../routes/server/recipe';
import type { RouteId } from '../../shared/routes/route-catalog';
import type { EventLog } from '../event-log';
import type { GroupSpec, ProcessGroup } from '../hosts/process-group';
import type { ReadFigures } from '../processes/figure-source';
import type { Programs } from './programs';

/** What the routes need of the application around them: the laboratory, the command line, or a test. */
export interface LoadHouse {
  events: EventLog;
  env: NodeJS.ProcessEnv;
  programs: Programs;
  serverRecipe: (route: RouteId) => Promise<ServerRecipe | null>;
  /** A group that the house knows from now on. Whoever asked for it starts it. */
  newGroup: (spec: GroupSpec) => ProcessGroup;
  /** Ends its processes in order, and forgets it. */
  removeGroup: (group: ProcessGroup) => Promise<void>;
  readFigures: ReadFigures;
  /** A folder of this run, mode 0700, that goes with it. */
  directory: () => string;
  /** Something has changed that is shown. */
  changed: () => void;
}
