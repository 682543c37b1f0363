import { expect, test } from 'vitest';
import { areKeys, chordOf, isReserved, keysOf } from './chords.ts';
import { chordOfEvent, collisions, createHotkeys, type Hotkey, whyNot } from './hotkeys.ts';

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

test('every key of rule R9 belongs to the browser, and none that the desk uses does', () => {
  const browser = [
    'Ctrl+W',
    'Ctrl+T',
    'Ctrl+N',
    'Ctrl+0',
    'Ctrl+9',
    'Alt+D',
    'Alt+E',
    'Alt+F',
    'Alt+Left',
    'Alt+Right',
  ];
  const more = ['Alt+Home', 'Alt+1', 'Alt+9', 'Alt+Shift+A', 'Alt+Shift+B', 'Alt+Shift+I', 'Alt+Shift+T'];
  const anyCtrlAlt = ['Ctrl+Alt+J', 'Ctrl+Alt+Shift+7', 'Ctrl+Alt+F2', 'Ctrl+Alt+Enter'];
  for (const keys of [...browser, ...more, ...anyCtrlAlt]) expect(isReserved(chordOf(keys)), keys).toBe(true);
  const ours = [
    'Ctrl+K',
    'Alt+0',
    'Alt+A',
    'Alt+I',
    'Alt+[',
    'Alt+Q',
    'F2',
    'F4',
    'F8',
    'F9',
    'Ctrl+Shift+Enter',
    'Alt+Z',
  ];
  for (const keys of ours) expect(isReserved(chordOf(keys)), keys).toBe(false);
});

test('only keys written as the ? page writes them are keys', () => {
  const written = ['J', 'Alt+[', 'Ctrl+Shift+Enter', 'F2', 'Shift+/', '7', 'Space', 'Alt+Up', 'Semicolon', 'Numpad3'];
  for (const keys of written) expect(areKeys(keys), keys).toBe(true);
  const strange = [
    '',
    'j',
    'ㅓ',
    'Alt',
    'Alt+',
    'Shift+Alt+J',
    'Alt+Alt+J',
    'Hyper+J',
    'KeyJ',
    'F99',
    'J K',
    'Ctrl+K+J',
  ];
  for (const keys of strange) expect(areKeys(keys), keys).toBe(false);
});
