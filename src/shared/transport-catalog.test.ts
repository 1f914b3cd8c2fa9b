import { expect, test } from 'vitest';
import { readTransportSections, transportSections, writeTransportSections } from '../../tests/docs/transport-sections';

test('docs/transports.md says what the catalogue says (UPDATE_DOCS=1 writes it anew)', () => {
  if (process.env['UPDATE_DOCS'] === '1') writeTransportSections();
  expect(readTransportSections()).toBe(transportSections());
});
