import type { Rectangle } from 'electron';
import { readFileSync, writeFileSync } from 'node:fs';

const USUAL = { width: 1280, height: 820 };
/** What every page of the window can still be used in. */
export const LEAST = { width: 720, height: 480 };

export interface WindowPlace {
  /** Without a position the system chooses one. */
  bounds: { width: number; height: number; x?: number; y?: number };
  maximized: boolean;
}

/**
 * Where the window goes: where it was last, fitted to the screen that it was on; in its usual size, as far as the
 * screen has room, when it was nowhere or its screen is gone. `screens` are work areas, the main one first.
 */
export function fitWindow(
  last: (Rectangle & { maximized: boolean }) | null,
  screens: readonly Rectangle[],
): WindowPlace {
  const screen = last === null ? undefined : screens.find((each) => overlaps(each, last));
  if (last === null || screen === undefined) {
    const main = screens[0] ?? { ...USUAL, x: 0, y: 0 };
    return {
      bounds: { width: Math.min(USUAL.width, main.width), height: Math.min(USUAL.height, main.height) },
      maximized: false,
    };
  }
  const width = Math.min(Math.max(last.width, LEAST.width), screen.width);
  const height = Math.min(Math.max(last.height, LEAST.height), screen.height);
  return {
    bounds: {
      width,
      height,
      x: Math.min(Math.max(last.x, screen.x), screen.x + screen.width - width),
      y: Math.min(Math.max(last.y, screen.y), screen.y + screen.height - height),
    },
    maximized: last.maximized,
  };
}

/** Null when nothing was remembered, or nothing that can be read. */
export function readWindow(path: string): (Rectangle & { maximized: boolean }) | null {
  try {
    const { x, y, width, height, maximized } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
    const numbers = [x, y, width, height];
    if (!numbers.every(Number.isSafeInteger) || Number(width) <= 0 || Number(height) <= 0) return null;
    return { x: Number(x), y: Number(y), width: Number(width), height: Number(height), maximized: maximized === true };
  } catch {
    return null;
  }
}

/** A profile that can't be written to costs the window its place, and nothing else. */
export function rememberWindow(path: string, bounds: Rectangle, maximized: boolean): void {
  try {
    writeFileSync(path, JSON.stringify({ ...bounds, maximized }));
  } catch {
    // It is found in its usual place next time.
  }
}

function overlaps(a: Rectangle, b: Rectangle): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
