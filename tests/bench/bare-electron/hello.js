// @ts-check
/** A window that says hello: what the start of an Electron application can't be faster than. */
import { BrowserWindow } from 'electron';

/** @param {boolean} frame false where there is no window frame to draw */
export async function sayHello(frame) {
  const window = new BrowserWindow({ width: 1280, height: 820, frame });
  await window.loadURL('data:text/html,<title>hello</title><h1>Hello</h1>');
}
