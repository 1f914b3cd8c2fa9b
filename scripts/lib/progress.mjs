// @ts-check
import process from 'node:process';

const announceAfterMs = 1_000;
const tickMs = 1_000;
const repeatWhenPipedMs = 30_000;

/**
 * @typedef {object} Progress
 * @property {(detail: string) => void} update what is going on right now; shown beside the elapsed time
 */

/**
 * Runs one step and keeps the person informed from one second on: a line whose
 * seconds tick on a terminal, plain lines now and then elsewhere. A step that
 * is over within a second says nothing.
 *
 * @template T
 * @param {string} label
 * @param {(progress: Progress) => Promise<T>} work
 * @param {(result: T) => string} [verdictOn] what to say of a result that may be a failure, too
 * @param {NodeJS.WriteStream} [stream]
 * @returns {Promise<T>}
 */
export async function withProgress(label, work, verdictOn = () => 'done', stream = process.stderr) {
  const startedAt = performance.now();
  const live = stream.isTTY === true;
  let detail = '';
  let shownAt = -1;

  const show = () => {
    const elapsedMs = performance.now() - startedAt;
    const line = `${label} … ${seconds(elapsedMs)}${detail === '' ? '' : `, ${detail}`}`;
    if (live) {
      const width = Math.max(20, stream.columns ?? 80);
      stream.write(`\r\u001b[2K${line.length < width ? line : `${line.slice(0, width - 2)}…`}`);
    } else if (shownAt < 0 || elapsedMs - shownAt >= repeatWhenPipedMs) {
      stream.write(`${shownAt < 0 ? `${label} …` : line}\n`);
    } else return;
    shownAt = elapsedMs;
  };
  /** @type {NodeJS.Timeout | undefined} */
  let ticking;
  const announce = setTimeout(() => {
    show();
    ticking = setInterval(show, tickMs);
  }, announceAfterMs);

  /** @param {string} verdict */
  const finish = (verdict) => {
    clearTimeout(announce);
    clearInterval(ticking);
    if (shownAt < 0) return;
    stream.write(`${live ? '\r\u001b[2K' : ''}${label}: ${verdict} after ${seconds(performance.now() - startedAt)}\n`);
  };
  try {
    const result = await work({ update: (text) => (detail = text) });
    finish(verdictOn(result));
    return result;
  } catch (error) {
    finish('failed');
    throw error;
  }
}

/** @param {string} text one plain line for the person */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/** @param {number} ms */
function seconds(ms) {
  return `${Math.round(ms / 1000)} s`;
}
