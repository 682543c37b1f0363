import { useEffect, useState } from 'react';
import { keysOf } from '#platform/chords.ts';
import { chordOfEvent, defaultKeys, type Hotkey, hotkeys, type Rebound, whyNot } from '#platform/hotkeys.ts';
import { useText, useTitle } from '#platform/language.tsx';
import { useMe } from '#platform/me.tsx';
import { useCommand } from '#platform/web.ts';
import { tell } from '#ui/index.tsx';
import { text } from './text.ts';

const MODIFIERS = /^(Control|Alt|Shift|Meta)(Left|Right)$/;

export type Rebinding = ReturnType<typeof useRebinding>;

/** Gives keys other places: waits for a key, says why one cannot be taken, and keeps the choice with the person. */
export function useRebinding(bound: readonly Hotkey[]) {
  const t = useText(text);
  const words = useTitle();
  const me = useMe();
  const save = useCommand('accounts.updateProfile');
  const [waiting, setWaiting] = useState<Hotkey | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  function keep(own: Rebound[]) {
    hotkeys.rebind(own);
    setWaiting(null);
    setProblem(null);
    save.mutate(
      { hotkeys: own },
      {
        onError: (error) => {
          hotkeys.rebind(me.hotkeys);
          tell(error.message, { tone: 'danger' });
        },
      },
    );
  }
  const without = (hotkey: Hotkey) =>
    me.hotkeys.filter(({ layer, keys }) => layer !== hotkey.layer || keys !== defaultKeys(hotkey));

  function take(hotkey: Hotkey, chord: string) {
    const to = keysOf(chord);
    const why = whyNot(hotkey, to, bound);
    if (why?.why === 'browser') return setProblem(t.ofBrowser(to));
    if (why?.why === 'bare') return setProblem(t.ofMoving(to));
    if (why?.why === 'taken') return setProblem(t.ofAction(to, words(why.by.title)));
    const { layer } = hotkey;
    if (layer === 'dialog') return;
    keep(to === defaultKeys(hotkey) ? without(hotkey) : [...without(hotkey), { layer, keys: defaultKeys(hotkey), to }]);
  }

  useEffect(() => {
    if (!waiting) return;
    // Before everything else that listens: whatever is pressed now is an answer and not a command.
    const press = (event: KeyboardEvent) => {
      if (MODIFIERS.test(event.code)) return;
      event.preventDefault();
      event.stopPropagation();
      if (event.code === 'Escape') setWaiting(null);
      else take(waiting, chordOfEvent(event));
    };
    window.addEventListener('keydown', press, { capture: true });
    return () => window.removeEventListener('keydown', press, { capture: true });
  });

  return {
    note: waiting ? (problem ?? t.pressKey) : '',
    changed: me.hotkeys.length > 0,
    isWaiting: (hotkey: Hotkey) => waiting?.title.en === hotkey.title.en && waiting.layer === hotkey.layer,
    start: (hotkey: Hotkey) => {
      setProblem(null);
      setWaiting(hotkey);
    },
    reset: (hotkey: Hotkey) => keep(without(hotkey)),
    resetAll: () => keep([]),
  };
}
