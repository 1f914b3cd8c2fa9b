import { useLayoutEffect, useRef, type ReactNode } from 'react';
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
  // Before the element leaves the document, or closing could not give the focus back.
  useLayoutEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    // By itself it would focus the first button there is, which closes it.
    dialog?.querySelector<HTMLElement>('.modal-body :is(button, input)')?.focus();
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
      aria-labelledby="modal-title"
      onClick={(event) => event.target === event.currentTarget && close()}
    >
      <header className="modal-header">
        <h2 id="modal-title">{title}</h2>
        <button type="button" className="icon-button" aria-label="Close" onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      <div className="modal-body">{children}</div>
    </dialog>
  );
}
