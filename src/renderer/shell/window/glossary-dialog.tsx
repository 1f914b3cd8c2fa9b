import { useLayoutEffect, useRef, useState } from 'react';
import {
  GLOSSARY,
  GLOSSARY_IDS,
  GLOSSARY_TOPICS,
  type GlossaryId,
  type GlossaryTopic,
  searchGlossary,
} from '../../../shared/glossary';
import { useShell } from '../store/shell-store';
import { Modal } from '../ui/modal';

const TOPICS = Object.keys(GLOSSARY_TOPICS) as GlossaryTopic[];

/** Every word that the window uses and doesn't explain in place, to search; opened at the one that was asked for. */
export function GlossaryDialog({ word }: { word: GlossaryId | null }) {
  const [search, setSearch] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const found = searchGlossary(search);
  // After the modal has taken the focus for its search field.
  useLayoutEffect(() => {
    if (word === null) return;
    const entry = list.current?.querySelector<HTMLElement>(`[data-entry="${word}"]`);
    entry?.scrollIntoView({ block: 'center' });
    entry?.focus();
  }, [word]);
  return (
    <Modal title="Glossary" onClose={useShell((s) => s.closeGlossary)}>
      <label className="glossary-search">
        <span>Search</span>
        <input
          data-testid="glossary-search"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          spellCheck={false}
          autoComplete="off"
        />
        <span className="glossary-count" role="status">
          {search.trim() === '' ? `${GLOSSARY_IDS.length} words` : `${found.length} of ${GLOSSARY_IDS.length}`}
        </span>
      </label>
      <div className="glossary-list" ref={list} tabIndex={0} role="region" aria-label="Words" data-testid="glossary">
        {search.trim() !== '' ? (
          <Entries ids={found} asked={word} />
        ) : (
          TOPICS.map((topic) => (
            <section key={topic}>
              <h3>{GLOSSARY_TOPICS[topic]}</h3>
              <Entries ids={GLOSSARY_IDS.filter((id) => GLOSSARY[id].topic === topic)} asked={word} />
            </section>
          ))
        )}
        {found.length === 0 && (
          <p className="dialog-note">
            Nothing here has “{search.trim()}”. Try a shorter word; docs/measuring.md has more.
          </p>
        )}
      </div>
    </Modal>
  );
}

function Entries({ ids, asked }: { ids: readonly GlossaryId[]; asked: GlossaryId | null }) {
  if (ids.length === 0) return null;
  return (
    <dl>
      {ids.map((id) => {
        const { term, short, more } = GLOSSARY[id];
        return (
          <div key={id} data-entry={id} className={id === asked ? 'is-asked' : ''} tabIndex={-1}>
            <dt>{term}</dt>
            <dd>
              {short} {more !== '' && <span>{more}</span>}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
