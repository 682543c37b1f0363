import { expect, test } from 'vitest';
import { chordOf, chordOfEvent, collisions, createHotkeys, type Hotkey, keysOf, whyNot } from './hotkeys.ts';

const bare = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
const title = (en: string) => ({ ko: en, en });
const key = (keys: string, en: string, more: Partial<Hotkey> = {}): Hotkey => ({
  keys,
  title: title(en),
  layer: 'page',
  run: () => undefined,
  ...more,
});

test('a key is known by its place on the keyboard, so that Hangul mode changes nothing', () => {
  expect(chordOfEvent({ ...bare, code: 'KeyJ' })).toBe(chordOf('J'));
  expect(chordOfEvent({ ...bare, code: 'Slash', shiftKey: true })).toBe(chordOf('Shift+/'));
  expect(chordOfEvent({ ...bare, code: 'Numpad3', altKey: true })).toBe(chordOf('Alt+3'));
  expect(chordOfEvent({ ...bare, code: 'KeyK', metaKey: true })).toBe(chordOf('Ctrl+K'));
});

test('two actions on one key of one layer are told, and so is a key of the browser', () => {
  expect(collisions([key('A', 'Assign'), key('A', 'Archive')])).toEqual(["A is both 'Assign' and 'Archive' in page"]);
  expect(collisions([key('A', 'Assign'), key('A', 'Archive', { layer: 'panel' })])).toEqual([]);
  expect(collisions([key('Ctrl+W', 'Close')])).toEqual(['Ctrl+W (Close) belongs to the browser']);
});

function press(hotkeys: ReturnType<typeof createHotkeys>, code: string, more: object = {}) {
  const event = { ...bare, code, target: null, isComposing: false, keyCode: 0, defaultPrevented: false, ...more };
  return hotkeys.press({ ...event, preventDefault: () => undefined } as unknown as KeyboardEvent);
}

test('the nearer layer wins, and gives the key back when it is gone', () => {
  const hotkeys = createHotkeys();
  const ran: string[] = [];
  hotkeys.add([key('Esc', 'Leave', { layer: 'frame', run: () => ran.push('frame') })]);
  const close = hotkeys.add([key('Esc', 'Close', { layer: 'panel', run: () => ran.push('panel') })]);
  press(hotkeys, 'Escape');
  close();
  press(hotkeys, 'Escape');
  expect(ran).toEqual(['panel', 'frame']);
});

test('no letter and no Enter acts while a syllable is being composed; function keys do', () => {
  const hotkeys = createHotkeys();
  const ran: string[] = [];
  for (const keys of ['J', 'Ctrl+Enter', 'F2']) hotkeys.add([key(keys, keys, { run: () => ran.push(keys) })]);
  press(hotkeys, 'KeyJ', { isComposing: true });
  press(hotkeys, 'KeyJ', { keyCode: 229, target: { isContentEditable: true, closest: () => null } });
  press(hotkeys, 'Enter', { isComposing: true, ctrlKey: true });
  press(hotkeys, 'F2', { isComposing: true });
  expect(ran).toEqual(['F2']);
});

test('outside of text a key of Hangul mode acts, though some systems number it 229', () => {
  const hotkeys = createHotkeys();
  const ran: string[] = [];
  hotkeys.add([key('J', 'Next', { run: () => ran.push('J') })]);
  press(hotkeys, 'KeyJ', { keyCode: 229, key: 'ㅓ' });
  expect(ran).toEqual(['J']);
});

test('while a dialog is open, letters of the page below are silent', () => {
  const hotkeys = createHotkeys();
  const ran: string[] = [];
  hotkeys.add([key('J', 'Next', { run: () => ran.push('page') })]);
  hotkeys.add([key('Esc', 'Close', { layer: 'dialog' })]);
  press(hotkeys, 'KeyJ');
  expect(ran).toEqual([]);
});

test('a key that its person moved acts in its new place only, until it is given back', () => {
  const hotkeys = createHotkeys();
  const ran: string[] = [];
  hotkeys.add([key('J', 'Next', { run: () => ran.push('next') })]);
  hotkeys.rebind([{ layer: 'page', keys: 'J', to: 'N' }]);
  expect(press(hotkeys, 'KeyJ')).toBe(false);
  expect(press(hotkeys, 'KeyN')).toBe(true);
  expect(hotkeys.shown('J')).toBe('N');
  hotkeys.rebind([]);
  expect(press(hotkeys, 'KeyN')).toBe(false);
  expect(press(hotkeys, 'KeyJ')).toBe(true);
  expect(ran).toEqual(['next', 'next']);
});

test("a key cannot be moved onto one of the browser's, one that moves, or one in use in its layer", () => {
  const next = key('J', 'Next');
  const bound = [next, key('K', 'Before'), key('M', 'Memo', { layer: 'panel' })];
  expect(whyNot(next, 'Ctrl+W', bound)).toEqual({ why: 'browser' });
  expect(whyNot(next, 'Tab', bound)).toEqual({ why: 'bare' });
  expect(whyNot(next, 'K', bound)).toMatchObject({ why: 'taken', by: { title: { en: 'Before' } } });
  expect(whyNot(next, 'J', bound)).toBeNull();
  expect(whyNot(next, 'M', bound)).toBeNull();
});

test('a pressed key is written as on the keyboard and read back as the same key', () => {
  for (const keys of ['J', 'Alt+[', 'Ctrl+Shift+Enter', 'F2', 'Shift+/', '7', 'Space'])
    expect(keysOf(chordOf(keys))).toBe(keys);
});
