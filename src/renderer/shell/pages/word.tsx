import type { ReactNode } from 'react';
import { GLOSSARY, type GlossaryId } from '../../../shared/glossary';
import { useShell } from '../store/shell-store';

interface Props {
  id: GlossaryId;
  /** The word where it stands; without it a question mark stands beside what it explains. */
  children?: ReactNode;
  /** In a table that is one tab stop the arrow keys lead here. */
  tabIndex?: -1;
}

/** A word of the glossary: what it means under the pointer and at the focus, and all about it when it is pressed. */
export function Word({ id, children, tabIndex }: Props) {
  const open = useShell((s) => s.openGlossary);
  const { term, short } = GLOSSARY[id];
  return (
    <button
      type="button"
      className={children === undefined ? 'word is-mark' : 'word'}
      aria-label={children === undefined ? `? What “${term}” means` : undefined}
      aria-haspopup="dialog"
      tabIndex={tabIndex}
      title={short}
      data-word={id}
      onClick={() => open(id)}
    >
      {children ?? '?'}
    </button>
  );
}
