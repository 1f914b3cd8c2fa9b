/** The routes and the load on them. */
export const LOAD = {
  'load.running-already': () => 'A load is running. Stop it first, or wait for its end.',
  'load.none-running': () => 'No load is running.',
};
