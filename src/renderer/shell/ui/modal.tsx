import { useId, useLayoutEffect, useRef, type ReactNode } from 'react';
import { Icon } from './icons';

interface Props {
  title: string;
  wide?: boolean;
  /** Called when the person would close it. The same function at each render. */
  onClose: () => void;
  children: ReactNode;
}

/** A modal dialog of the shell. The page under the active tab is hidden for as long as it is open. */
export function Modal({ title, wide = false, onClose: close, children }: Props) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // Before the element leaves the document, or closing could not give the focus back.
  useLayoutEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    // By itself it would focus the first button there is, which closes it.
    const body = dialog?.querySelector<HTMLElement>('.modal-body');
    const first = body?.querySelector<HTMLElement>('button, input, [tabindex="0"]');
    // With nothing else in it to stop at, the text itself is a stop, or the keyboard could not scroll it.
    if (body && !first) body.tabIndex = 0;
    (first ?? body)?.focus();
    // Closing by itself (Escape) is news; closing because this component goes is not: another dialog may be open by then.
    dialog?.addEventListener('close', close);
    return () => {
      dialog?.removeEventListener('close', close);
      dialog?.close();
    };
  }, [close]);
  return (
    <dialog
      ref={ref}
      className={wide ? 'modal is-wide' : 'modal'}
      aria-labelledby={titleId}
      onClick={(event) => event.target === event.currentTarget && close()}
    >
      <header className="modal-header">
        <h2 id={titleId}>{title}</h2>
        <button type="button" className="icon-button" aria-label="Close" onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      <div className="modal-body">{children}</div>
    </dialog>
  );
}
