import { useEffect } from 'react';
import { isGlossaryId } from '../../../shared/glossary';
import { useShell } from '../store/shell-store';

/** “?” shows the glossary, unless it is being typed somewhere. F1 is a menu item. */
export function useQuestionKey(): void {
  const open = useShell((s) => s.openGlossary);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== '?' || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
      event.preventDefault();
      // At a word it is that word's, also where pressing it does something else.
      const word = event.target instanceof Element ? event.target.getAttribute('data-word') : null;
      open(word !== null && isGlossaryId(word) ? word : null);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [open]);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLInputElement && !['radio', 'checkbox'].includes(target.type)) ||
    (target instanceof HTMLElement && target.isContentEditable)
  );
}
