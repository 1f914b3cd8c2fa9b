import { useEffect, useRef, useState, type FocusEvent, type KeyboardEvent } from 'react';
import { Icon, type IconName } from './icons';

export interface MenuChoice {
  id: string;
  label: string;
  /** Its shortcut, where it has one. */
  keys?: string;
  onChoose(): void;
}

interface Props {
  label: string;
  icon: IconName;
  /** As a button, or as the links that it stands among. */
  look?: 'button' | 'link-button';
  choices: readonly MenuChoice[];
  disabled?: boolean;
  testId: string;
}

/** A button with a menu under it. Arrow keys go through the menu, Escape or a click elsewhere closes it. */
export function MenuButton({ label, icon, look = 'button', choices, disabled = false, testId }: Props) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const items = (): HTMLElement[] => [...(menu.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
  useEffect(() => {
    if (!open || menu.current === null || button.current === null) return;
    // In the top layer nothing that scrolls or clips around the button cuts it.
    menu.current.showPopover();
    const { bottom, right } = button.current.getBoundingClientRect();
    Object.assign(menu.current.style, { top: `${bottom + 2}px`, right: `${document.body.clientWidth - right}px` });
    menu.current.querySelector<HTMLElement>('[role=menuitem]')?.focus();
  }, [open, menu, button]);
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const all = items();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1 + all.length, Home: 0, End: all.length - 1 }[event.key];
    if (open && event.key === 'Escape') close();
    else if (open && next !== undefined) all[next % all.length]?.focus();
    else if (!open && event.key === 'ArrowDown') setOpen(true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onBlur = (event: FocusEvent<HTMLElement>): void => {
    if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
  };
  return (
    <div className="menu-button" onKeyDown={onKeyDown} onBlur={onBlur}>
      <button
        ref={button}
        type="button"
        className={look}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        disabled={disabled}
        data-testid={testId}
        onClick={() => setOpen(!open)}
      >
        <Icon name={icon} size={14} />
        <span>{label}</span>
      </button>
      {open && (
        <div className="menu" popover="manual" role="menu" aria-label={label} ref={menu}>
          {choices.map(({ id, label: words, keys, onChoose }) => (
            <button
              key={id}
              type="button"
              role="menuitem"
              tabIndex={-1}
              data-testid={`${testId}-${id}`}
              onClick={() => {
                close();
                onChoose();
              }}
            >
              <span>{words}</span>
              {keys !== undefined && <kbd>{keys}</kbd>}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
