import { chordOf, isBare, isReserved } from './chords.ts';
import type { Words } from './operation.ts';

/** How near to the work a key is: the nearer one wins when both are in force. */
export type HotkeyLayer = 'frame' | 'page' | 'panel' | 'dialog';
const LAYERS: readonly HotkeyLayer[] = ['frame', 'page', 'panel', 'dialog'];

export type Hotkey = {
  /** Physical keys as printed on a Latin keyboard: `J`, `Ctrl+K`, `Alt+[`, `F2`, `Shift+/`. */
  keys: string;
  title: Words;
  layer: HotkeyLayer;
  run: (event: KeyboardEvent) => void;
  /** Works while typing too. Keys with Ctrl or Alt and the function keys always do; letters never. */
  typing?: boolean;
  /** Left off the `?` page: a second name of a listed key. */
  hidden?: boolean;
  /** The keys that came with the action, when its person gave it others. */
  standard?: string;
  /** Says no when the key has nothing to do right now; it then falls to the next layer. */
  when?: () => boolean;
};

type Pressed = Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

export function chordOfEvent(event: Pressed): string {
  const code = event.code.replace(/^Numpad(\d)$/, 'Digit$1').replace(/^NumpadEnter$/, 'Enter');
  const held = [event.ctrlKey || event.metaKey ? 'Ctrl' : '', event.altKey ? 'Alt' : '', event.shiftKey ? 'Shift' : ''];
  return [...held.filter(Boolean), code].join('+');
}

/** A key that a person gave another place. */
export type Rebound = { layer: 'frame' | 'page' | 'panel'; keys: string; to: string };

/** Why a key cannot be given the place `to`; null when it can. The browser's keys never, a key in use in the same layer not either. */
export function whyNot(
  hotkey: Hotkey,
  to: string,
  bound: readonly Hotkey[],
): { why: 'browser' | 'bare' } | { why: 'taken'; by: Hotkey } | null {
  const chord = chordOf(to);
  if (isReserved(chord)) return { why: 'browser' };
  if (isBare(chord)) return { why: 'bare' };
  const by = bound.find(
    (other) => other.layer === hotkey.layer && chordOf(other.keys) === chord && !sameAction(other, hotkey),
  );
  return by ? { why: 'taken', by } : null;
}

const sameAction = (a: Hotkey, b: Hotkey) => a.title.en === b.title.en && defaultKeys(a) === defaultKeys(b);

/** The keys that an action has unless somebody gives it others. */
export const defaultKeys = (hotkey: Hotkey): string => hotkey.standard ?? hotkey.keys;

/** Keys that may be bound together in one layer, told in words; empty when all is well. */
export function collisions(hotkeys: readonly Pick<Hotkey, 'keys' | 'layer' | 'title' | 'when'>[]): string[] {
  const told: string[] = [];
  const seen = new Map<string, string>();
  for (const { keys, layer, title, when } of hotkeys) {
    const chord = chordOf(keys);
    if (isReserved(chord)) told.push(`${keys} (${title.en}) belongs to the browser`);
    const place = `${layer} ${chord}`;
    const other = seen.get(place);
    if (other && other !== title.en && !when) told.push(`${keys} is both '${other}' and '${title.en}' in ${layer}`);
    seen.set(place, title.en);
  }
  return told;
}

const isLetterLike = (chord: string) => !/^(Ctrl|Alt)\+/.test(chord) && !/^(Shift\+)?F\d+$/.test(chord);

const TYPED_IN = 'input:not([type=checkbox]):not([type=radio]):not([type=button]):not([type=submit]), textarea, select';

/** Whether the focus is where letters are typed. */
export function isTyping(target: EventTarget | null): boolean {
  return isElement(target) && (target.isContentEditable || target.closest(TYPED_IN) !== null);
}

const isElement = (target: EventTarget | null): target is HTMLElement => target !== null && 'closest' in target;

/** Enter and Space belong to the control that has the focus. */
const ownsPress = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  target.closest('a[href], button, summary, [role=menuitem], [role=tab], [role=option]');

/** The keys in force. One for the whole page. */
export function createHotkeys() {
  const bound = new Set<Hotkey>();
  const listeners = new Set<() => void>();
  let list: readonly Hotkey[] = [];
  let rebound: readonly Rebound[] = [];
  const placed = (hotkey: Hotkey): Hotkey => {
    const own = rebound.find(({ layer, keys }) => layer === hotkey.layer && keys === hotkey.keys);
    return own ? { ...hotkey, keys: own.to, standard: hotkey.keys } : hotkey;
  };
  const changed = () => {
    list = [...bound].map(placed);
    for (const listener of listeners) listener();
  };

  function find(event: KeyboardEvent): Hotkey | undefined {
    const chord = chordOfEvent(event);
    const letterLike = isLetterLike(chord);
    // Outside of text nothing is composed: some systems send 229 for every key of Hangul mode there too.
    const composing = event.isComposing || (event.keyCode === 229 && isTyping(event.target));
    const typing = letterLike && isTyping(event.target);
    if (composing && (letterLike || chord.endsWith('Enter'))) return undefined;
    if (/^(Enter|Space)$/.test(chord) && ownsPress(event.target)) return undefined;
    const modal = list.some((hotkey) => hotkey.layer === 'dialog');
    return list
      .filter(
        (hotkey) => chordOf(hotkey.keys) === chord && (!typing || hotkey.typing) && (!hotkey.when || hotkey.when()),
      )
      .filter((hotkey) => !modal || hotkey.layer === 'dialog' || !letterLike)
      .sort((a, b) => LAYERS.indexOf(b.layer) - LAYERS.indexOf(a.layer))[0];
  }

  return {
    add(hotkeys: readonly Hotkey[]) {
      for (const hotkey of hotkeys) bound.add(hotkey);
      changed();
      return () => {
        for (const hotkey of hotkeys) bound.delete(hotkey);
        changed();
      };
    },
    list: () => list,
    /** Gives keys their person's places instead of those they came with. */
    rebind(own: readonly Rebound[]) {
      rebound = own;
      changed();
    },
    /** Where the keys of a hint are now. */
    shown: (keys: string) => list.find((hotkey) => hotkey.standard === keys)?.keys ?? keys,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    /** Runs the nearest hotkey of a key press, if there is one. */
    press(event: KeyboardEvent): boolean {
      if (event.defaultPrevented) return false;
      const hotkey = find(event);
      if (!hotkey) return false;
      event.preventDefault();
      hotkey.run(event);
      return true;
    },
  };
}

export const hotkeys = createHotkeys();
