import { afterEach, beforeEach, expect, test } from 'vitest';
import { DisposableStore, Emitter, listenerErrors } from './emitter';

let reported: unknown[] = [];
const report = listenerErrors.report;
beforeEach(() => {
  reported = [];
  listenerErrors.report = (error) => reported.push(error);
});
afterEach(() => {
  listenerErrors.report = report;
});

test('every listener hears every value', () => {
  const emitter = new Emitter<number>();
  const heard: string[] = [];
  emitter.on((value) => heard.push(`a${value}`));
  emitter.on((value) => heard.push(`b${value}`));
  emitter.emit(1);
  emitter.emit(2);
  expect(heard).toEqual(['a1', 'b1', 'a2', 'b2']);
});

test('a listener that unsubscribed hears nothing more', () => {
  const emitter = new Emitter<number>();
  const heard: number[] = [];
  const off = emitter.on((value) => heard.push(value));
  emitter.emit(1);
  off();
  off();
  emitter.emit(2);
  expect(heard).toEqual([1]);
});

test('a listener that throws keeps no other from hearing, and its error is reported', () => {
  const emitter = new Emitter<number>();
  const heard: number[] = [];
  const error = new Error('listener');
  emitter.on(() => {
    throw error;
  });
  emitter.on((value) => heard.push(value));
  emitter.emit(1);
  expect(heard).toEqual([1]);
  expect(reported).toEqual([error]);
});

test('a cleared emitter has no listeners', () => {
  const emitter = new Emitter<number>();
  const heard: number[] = [];
  emitter.on((value) => heard.push(value));
  emitter.clear();
  emitter.emit(1);
  expect(heard).toEqual([]);
});

test('a store undoes in reverse order, once', () => {
  const store = new DisposableStore();
  const undone: number[] = [];
  for (const step of [1, 2, 3]) store.add(() => undone.push(step));
  store.dispose();
  store.dispose();
  expect(undone).toEqual([3, 2, 1]);
});

test('a step that throws keeps no other from being undone, and its error is reported', () => {
  const store = new DisposableStore();
  const undone: number[] = [];
  const error = new Error('step');
  store.add(() => undone.push(1));
  store.add(() => {
    throw error;
  });
  store.dispose();
  expect(undone).toEqual([1]);
  expect(reported).toEqual([error]);
});

test('what is added to a disposed store is undone at once', () => {
  const store = new DisposableStore();
  store.dispose();
  const undone: number[] = [];
  store.add(() => undone.push(1));
  expect(undone).toEqual([1]);
  expect(store.disposed).toBe(true);
});

test('a store is disposed at the end of its block', () => {
  const undone: number[] = [];
  {
    using store = new DisposableStore();
    store.add(() => undone.push(1));
  }
  expect(undone).toEqual([1]);
});
