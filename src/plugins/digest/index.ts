import { createHash } from 'node:crypto';
import { servePlugin } from '../serve-plugin';

servePlugin({ respond: (payload) => createHash('sha256').update(payload).digest() });
