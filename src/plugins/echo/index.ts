import { servePlugin } from '../serve-plugin';

servePlugin({ respond: (payload) => payload });
