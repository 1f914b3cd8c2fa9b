interface Props {
  colour: string;
  dash: string;
  dimmed?: boolean;
}

/** A sample of a line: its hue and dash. Decoration, its name stands beside it. */
export function Swatch({ colour, dash, dimmed = false }: Props) {
  return (
    <svg className="swatch" width="26" height="10" viewBox="0 0 26 10" aria-hidden="true" opacity={dimmed ? 0.35 : 1}>
      <line
        x1="2"
        x2="24"
        y1="5"
        y2="5"
        stroke={colour}
        strokeWidth="2.5"
        strokeLinecap="round"
        strokeDasharray={dash}
      />
    </svg>
  );
}
