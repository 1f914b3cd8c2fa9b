// @ts-check
import { answerOver } from './paths.js';

process.parentPort.on('message', ({ data }) => answerOver(data));
process.parentPort.postMessage('ready');
