import { expect, test } from 'vitest';
import { glossaryPage, readGlossaryPage, writeGlossaryPage } from '../../tests/docs/glossary-page';
import { GLOSSARY, GLOSSARY_IDS, searchGlossary } from './glossary';

test('docs/glossary.md says what the table says (UPDATE_DOCS=1 writes it anew)', () => {
  if (process.env['UPDATE_DOCS'] === '1') writeGlossaryPage();
  expect(readGlossaryPage()).toBe(glossaryPage());
});

test('no two entries have one term, and a tooltip can hold what each means', () => {
  expect(new Set(GLOSSARY_IDS.map((id) => GLOSSARY[id].term)).size).toBe(GLOSSARY_IDS.length);
  for (const id of GLOSSARY_IDS) expect(GLOSSARY[id].short.length, id).toBeLessThan(180);
});

test('a search finds a word wherever it stands, those named so first', () => {
  expect(searchGlossary('FLOOR')[0]).toBe('floor');
  expect(searchGlossary('floor')).toContain('ratio');
  expect(searchGlossary('sent intended')[0]).toBe('timing');
});

test('nothing to search for finds all, and what stands nowhere nothing', () => {
  expect(searchGlossary('  ')).toEqual(GLOSSARY_IDS);
  expect(searchGlossary('xyzzy')).toEqual([]);
});
