import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GLOSSARY, GLOSSARY_IDS, GLOSSARY_TOPICS, type GlossaryTopic } from '../../src/shared/glossary';

const FILE = join(import.meta.dirname, '../../docs/glossary.md');
const HEAD = `# Glossary

The words that the window uses, as it explains them itself: **F1** or **?**, or press a word that is underlined with dots. [measuring.md](measuring.md) has how each number is measured.

<!-- Made from src/shared/glossary.ts: UPDATE_DOCS=1 npx vitest run glossary -->`;

/** `docs/glossary.md` as the table says it. */
export function glossaryPage(): string {
  const topics = Object.keys(GLOSSARY_TOPICS) as GlossaryTopic[];
  return `${[HEAD, ...topics.map(section)].join('\n\n')}\n`;
}

export function readGlossaryPage(): string {
  return existsSync(FILE) ? readFileSync(FILE, 'utf8') : '';
}

export function writeGlossaryPage(): void {
  writeFileSync(FILE, glossaryPage());
}

function section(topic: GlossaryTopic): string {
  const entries = GLOSSARY_IDS.filter((id) => GLOSSARY[id].topic === topic).map((id) => {
    const { term, short, more } = GLOSSARY[id];
    return `- **${term}**: ${short}${more === '' ? '' : ` ${more}`}`;
  });
  return [`## ${GLOSSARY_TOPICS[topic]}`, '', ...entries].join('\n');
}
