import { expect, test } from 'vitest';
import { CHART_WINDOWS } from '../series/chart-windows';
import { agoAxis, recordingAxis, timeDigits } from './time-axis';

const labels = ({ ticks, format }: ReturnType<typeof agoAxis>): string[] => ticks.map(format);

test('a moving axis counts back from now', () => {
  expect(labels(agoAxis(CHART_WINDOWS['30s']))).toEqual(['30', '25', '20', '15', '10', '5', 'now']);
  expect(labels(agoAxis(CHART_WINDOWS['2min']))).toEqual(['120', '100', '80', '60', '40', '20', 'now']);
  expect(labels(agoAxis(CHART_WINDOWS['10min']))).toEqual(['10', '8', '6', '4', '2', 'now']);
});

test('a still axis has whole times of the recording, where they lie', () => {
  const axis = recordingAxis(30e9, 46.7e9);
  expect(labels(axis)).toEqual(['20', '25', '30', '35', '40', '45']);
  expect(axis.ticks[0]).toBeCloseTo(20 - 46.7);
  expect(labels(recordingAxis(600e9, 4000e9)).slice(0, 2)).toEqual(['3,400', '3,500']);
  expect(labels(recordingAxis(1.4e9, 17.1e9))).toEqual(['15.8', '16.0', '16.2', '16.4', '16.6', '16.8', '17.0']);
});

test('it begins with the recording', () => {
  expect(labels(recordingAxis(30e9, 8e9))).toEqual(['0', '5']);
});

test('a time has as many digits as the length needs', () => {
  expect(timeDigits(16.724, 30e9)).toBe('16.7');
  expect(timeDigits(16.724, 0.5e9)).toBe('16.72');
});
