const CODES: Record<string, string> = {
  '[': 'BracketLeft',
  ']': 'BracketRight',
  '/': 'Slash',
  ',': 'Comma',
  '.': 'Period',
  '-': 'Minus',
  '=': 'Equal',
  Esc: 'Escape',
  Up: 'ArrowUp',
  Down: 'ArrowDown',
  Left: 'ArrowLeft',
  Right: 'ArrowRight',
};
const MODIFIERS = ['Ctrl', 'Alt', 'Shift'];

/** Ctrl, Alt, Shift and the `event.code` of the key: the same in Hangul and Latin mode. */
export function chordOf(keys: string): string {
  const parts = keys.split('+');
  const key = parts.pop() ?? '';
  const code = CODES[key] ?? (/^[A-Z]$/.test(key) ? `Key${key}` : /^\d$/.test(key) ? `Digit${key}` : key);
  return [...MODIFIERS.filter((name) => parts.includes(name)), code].join('+');
}

/** The way back from `chordOf`, for a key that somebody presses to bind it. */
export function keysOf(chord: string): string {
  const parts = chord.split('+');
  const code = parts.pop() ?? '';
  const named = Object.entries(CODES).find(([, other]) => other === code)?.[0];
  return [...parts, named ?? code.replace(/^(Key|Digit)/, '')].join('+');
}

const KEY =
  /^(Key[A-Z]|Digit\d|F([1-9]|1\d|2[0-4])|Arrow(Up|Down|Left|Right)|Bracket(Left|Right)|Slash|Comma|Period|Minus|Equal|Semicolon|Quote|Backquote|Backslash|Intl(Backslash|Ro|Yen)|Escape|Enter|Space|Tab|Backspace|Delete|Insert|Home|End|PageUp|PageDown|Numpad(\d|Add|Subtract|Multiply|Divide|Decimal|Enter|Equal))$/;

/** Whether this names one key with the modifiers before it, in the order and spelling of the `?` page: `Ctrl+Shift+Enter`. */
export function areKeys(keys: string): boolean {
  const chord = chordOf(keys);
  return KEY.test(chord.split('+').pop() ?? '') && keysOf(chord) === keys;
}

const ONE = new Set(
  [
    ...['W', 'T', 'N', ...'0123456789', 'Tab', 'PageUp', 'PageDown'].map((key) => `Ctrl+${key}`),
    ...['W', 'T', 'N', 'Tab'].map((key) => `Ctrl+Shift+${key}`),
    ...['D', 'E', 'F', 'Left', 'Right', 'Home', ...'123456789'].map((key) => `Alt+${key}`),
    ...['A', 'B', 'I', 'T'].map((key) => `Alt+Shift+${key}`),
    ...['F1', 'F3', 'F5', 'F6', 'F7', 'F10', 'F11', 'F12'],
  ].map(chordOf),
);

/**
 * Keys that Chromium keeps for itself or that its menus take (field.md R9), and Ctrl+Alt with anything, which is AltGr
 * on many keyboards: never to be bound.
 */
export const isReserved = (chord: string): boolean => /^Ctrl\+Alt\+/.test(chord) || ONE.has(chord);

const BARE = new Set([
  ...['Escape', 'Tab', 'Shift+Tab', 'Enter', 'Backspace', 'Delete', 'CapsLock', 'HangulMode', 'Lang1', 'Lang2'],
]);

/** Keys that move or leave: bound to anything else, dialogs, lists and fields would stand still. */
export const isBare = (chord: string): boolean => BARE.has(chord);
