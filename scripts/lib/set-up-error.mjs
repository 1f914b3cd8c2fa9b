// @ts-check

/**
 * A failure that a person can act on. Its message says what happened and why,
 * `nextStep` what to do about it; the command line prints both and no stack.
 */
export class SetUpError extends Error {
  /**
   * @param {string} message
   * @param {{ nextStep?: string, cause?: unknown }} [details]
   */
  constructor(message, { nextStep, cause } = {}) {
    super(message, { cause });
    this.name = 'SetUpError';
    this.nextStep = nextStep;
  }
}

/**
 * The text that a person sees for any thrown value. A stack is kept for what
 * nobody foresaw: there it is the only clue.
 *
 * @param {unknown} error
 */
export function describeFailure(error) {
  if (error instanceof SetUpError) {
    return error.nextStep === undefined ? error.message : `${error.message}\n${error.nextStep}`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/**
 * One line for use inside another sentence.
 *
 * @param {unknown} error
 */
export function reasonOf(error) {
  const text = error instanceof Error ? error.message : String(error);
  return (text.split('\n')[0] ?? text).replace(/\.$/, '');
}
