/**
 * Makes one slice of the window's state. It says itself which other slices it reads or writes: a slice is below the store,
 * and doesn't know what else is in it.
 */
export type SliceCreator<Slice, Others = unknown> = (
  set: (patch: Partial<Slice & Others>) => void,
  get: () => Slice & Others,
) => Slice;
