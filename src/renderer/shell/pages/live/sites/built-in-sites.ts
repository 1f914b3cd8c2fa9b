/** The sites that Bulkhead brings along; any subdomain of theirs works too. */
export const BUILT_IN_SITES = [
  { url: 'bulkhead://alpha.test', name: 'alpha.test' },
  { url: 'bulkhead://beta.test', name: 'beta.test' },
  { url: 'bulkhead://gamma.test', name: 'gamma.test' },
] as const;
