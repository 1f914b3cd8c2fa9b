/** What a first run suggests to try, in order. */
export const FIRST_STEPS = ['crash', 'verdict', 'kill', 'hang', 'measure'] as const;
export type FirstStep = (typeof FIRST_STEPS)[number];
