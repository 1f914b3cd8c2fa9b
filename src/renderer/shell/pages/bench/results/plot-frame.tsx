import { useState, type PointerEvent, type ReactNode } from 'react';
import { useElementSize, type Size } from '../../../ui/use-element-size';

interface Props {
  caption: string;
  /** Draws the plot at the size that the layout gives it. Null: `empty` is said. */
  children: ((size: Size) => ReactNode) | null;
  empty: string;
  /** The plot may be higher than its place. */
  scrolls: boolean;
  /** Figures of what is highlighted; they keep out of the pointer's way. */
  readout?: ReactNode;
  testId: string;
}

/** A plot with the words on how to read it. */
export function PlotFrame({ caption, children, empty, scrolls, readout = null, testId }: Props) {
  const [ref, size] = useElementSize<HTMLDivElement>();
  const [corner, setCorner] = useState('is-bottom is-right');
  const follow = (event: PointerEvent<HTMLElement>): void => {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    const upper = event.clientY < top + height / 2;
    const nearer = event.clientX < left + width / 2;
    setCorner(`${upper ? 'is-bottom' : 'is-top'} ${nearer ? 'is-right' : 'is-left'}`);
  };
  return (
    <figure className="bench-plot" onPointerMove={follow}>
      <div
        className={scrolls ? 'chart bench-plot-area' : 'chart bench-plot-area is-whole'}
        ref={ref}
        data-testid={testId}
      >
        {children === null ? (
          <p className="bench-plot-empty">{empty}</p>
        ) : (
          size !== null && size.width > 0 && children(size)
        )}
      </div>
      {readout !== null && <div className={`bench-readout ${corner}`}>{readout}</div>}
      <figcaption className="bench-plot-caption">{caption}</figcaption>
    </figure>
  );
}
