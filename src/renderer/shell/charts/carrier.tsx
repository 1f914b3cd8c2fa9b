import { Line } from 'recharts';

/** Draws nothing: a tooltip finds its row, also one that is empty, through an item of recharts' own. The axes' domains are given, so it moves nothing. */
export const CARRIER = (
  <Line dataKey={always} shape={nothing} dot={false} activeDot={false} isAnimationActive={false} />
);

function always(): number {
  return 1;
}

function nothing(): null {
  return null;
}
