/** The number that a person typed, or what is wrong with it, in words. */
export function readNumber(
  text: string,
  { min, max }: { min: number; max: number },
  whole: boolean,
): number | { refusal: string } {
  // As they are shown: with commas, or spaces, between the thousands.
  const digits = text.trim().replaceAll(/(?<=\d)[,\s](?=\d{3}(\D|$))/g, '');
  const right = (whole ? /^\d+$/ : /^(\d+(\.\d*)?|\.\d+)$/).test(digits);
  if (!right) return { refusal: `${whole ? 'A whole number' : 'A number'}, ${grouped(min)} to ${grouped(max)}` };
  const value = Number(digits);
  if (value < min) return { refusal: `At least ${grouped(min)}` };
  if (value > max) return { refusal: `At most ${grouped(max)}` };
  return value;
}

function grouped(value: number): string {
  return value.toLocaleString('en');
}
