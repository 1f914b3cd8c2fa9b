/** The routes and the load on them. */
export const LOAD = {
  'load.running-already': () => 'A load is running. Stop it first, or wait for its end.',
  'load.none-running': () => 'No load is running.',
  'load.no-users': () => 'This load has a constant rate and no users. Start another one to change it.',
  'load.no-route': ({ cause }: { cause: string }) => `None of these routes can be had. ${cause}`,
  'load.generator-gone': () =>
    'The generator ended in the middle of the load, and with it what it knew of each post. Start the load again.',
  'load.receiver': () => 'Takes posts and hands them to the messaging system',
  'load.subscriber': () => 'Takes messages off the messaging system and posts them to the collector',
  'load.collector': () => 'Counts what arrives, by route and id',
  'load.generator': () => 'Posts the records',
  'load.server': ({ name }: { name: string }) => `The messaging system’s own program, ${name}`,
  'load.not-running': ({ name }: { name: string }) => `“${name}” is not running.`,
  'load.would-not-start': ({ name, said }: { name: string; said: string }) => `“${name}” would not start: ${said}`,
  'load.silent-receiver': () => 'Its receiver does not say that it is connected.',
  'load.no-result': () => 'There is no result to save. Let a load run to its end first.',
};
