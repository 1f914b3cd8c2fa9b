import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { placeTooltip } from './tooltip-placement';

/** Long enough that tabbing on shows none. */
const DELAY_MS = 400;

interface Tip {
  text: string;
  target: Element;
}

/**
 * Shows the explanation of what the keyboard is at, which the pointer gets as the `title` of the same element. It is the
 * element's description for who hears it already, so this is for eyes alone. Escape takes it away.
 */
export function TooltipLayer() {
  const element = useRef<HTMLDivElement>(null);
  const [tip, setTip] = useState<Tip | null>(null);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const hide = (): void => {
      clearTimeout(timer);
      setTip(null);
    };
    const show = ({ target }: FocusEvent): void => {
      hide();
      if (!(target instanceof Element) || !target.matches(':focus-visible')) return;
      timer = setTimeout(() => {
        const text = titleAt(target);
        if (text !== '' && document.activeElement === target) setTip({ text, target });
      }, DELAY_MS);
    };
    const onKeyDown = ({ key }: KeyboardEvent): void => {
      if (key === 'Escape') hide();
    };
    document.addEventListener('focusin', show);
    document.addEventListener('focusout', hide);
    document.addEventListener('pointerdown', hide);
    document.addEventListener('keydown', onKeyDown, true);
    window.addEventListener('resize', hide);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('focusin', show);
      document.removeEventListener('focusout', hide);
      document.removeEventListener('pointerdown', hide);
      document.removeEventListener('keydown', onKeyDown, true);
      window.removeEventListener('resize', hide);
    };
  }, []);

  useLayoutEffect(() => {
    const layer = element.current;
    if (!layer) return;
    layer.hidePopover();
    if (tip === null) return;
    // In the top layer, so over a modal dialog as well.
    layer.showPopover();
    const covered = document.querySelector('[data-native-view]')?.getBoundingClientRect() ?? null;
    const { left, top } = placeTooltip(
      tip.target.getBoundingClientRect(),
      layer.getBoundingClientRect(),
      { width: innerWidth, height: innerHeight },
      covered,
    );
    layer.style.left = `${left}px`;
    layer.style.top = `${top}px`;
  }, [tip]);

  return (
    <div ref={element} className="tooltip" popover="manual" aria-hidden="true" data-testid="tooltip">
      {tip?.text}
    </div>
  );
}

/**
 * Of the element, or of the label, cell or row that it stands in. A control in a row's heading says what the heading says
 * as well: the keyboard goes to no heading that has a control.
 */
function titleAt(target: Element): string {
  const titleOf = (place: Element | null): string => place?.getAttribute('title') ?? '';
  const heading = target.closest('th[scope="row"]');
  if (heading !== null && heading !== target)
    return [titleOf(target), titleOf(heading)].filter((title) => title !== '').join('\n\n');
  for (const place of [target, target.closest('label'), target.closest('th, td'), target.closest('tr')])
    if (titleOf(place) !== '') return titleOf(place);
  return '';
}
