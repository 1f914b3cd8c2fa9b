import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os';
import { expect, test, vi } from 'vitest';
import { loopbackAvailability } from './loopback';

vi.mock('node:os', () => ({ networkInterfaces: vi.fn() }));
const asked = vi.mocked(networkInterfaces);

test('a family whose loopback address no interface has is unavailable', () => {
  asked.mockReturnValue({ lo: [{ address: '127.0.0.1' } as NetworkInterfaceInfo] });
  expect(loopbackAvailability(4)).toEqual({ available: true });
  expect(loopbackAvailability(6)).toMatchObject({ available: false });
});

test('a process that can not ask for its interfaces, having no descriptor left, finds out by opening', () => {
  asked.mockImplementation(() => {
    throw new Error('uv_interface_addresses returned EMFILE');
  });
  expect(loopbackAvailability(4)).toEqual({ available: true });
});
