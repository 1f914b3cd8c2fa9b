import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { AppUnderTest } from './app';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** WCAG 2.1 A and AA, the best practices, and visible words within accessible names, which axe leaves off by itself. */
const OPTIONS: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice', 'label-content-name-mismatch'],
  resultTypes: ['violations'],
};
const RULES = { 'label-content-name-mismatch': { enabled: true } };

/**
 * What axe finds wrong with the page whose address begins so, a line for each element. Axe comes in through the
 * browser process: the pages' own policy lets no script in.
 */
export async function violationsOf(app: AppUnderTest, address: string): Promise<string[]> {
  const { runOnly, ...others } = OPTIONS;
  const tags = (runOnly as string[]).filter((tag) => !(tag in RULES));
  const run = `axe.run(document, ${JSON.stringify({ ...others, runOnly: { type: 'tag', values: tags }, rules: RULES })})`;
  const results = await app.electron.evaluate(
    async ({ webContents }, [start, source, code]) => {
      const contents = webContents.getAllWebContents().find((each) => each.getURL().startsWith(start));
      if (contents === undefined) throw new Error(`There is no page at ${start}.`);
      if (!(await contents.executeJavaScript(`'axe' in globalThis`))) await contents.executeJavaScript(`${source}; 0`);
      return (await contents.executeJavaScript(code)) as unknown;
    },
    [address, SOURCE, run] as const,
  );
  return (results as AxeResults).violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}\n${failureSummary ?? ''}`),
  );
}
