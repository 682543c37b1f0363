import { useEffect, useRef, useState } from 'react';
import { savePreferences, setPreference, useDraftNames, whenSaved } from './preferences.ts';
import { remember, remembered } from './remember.ts';
import { callOperation } from './web-call.ts';

/** A draft as it is kept: in this browser at each key, on the server now and then. `kept`: the server has had it. */
type Kept = { text: string; at: number; kept?: boolean };

const SERVER_MS = 15_000;
const NOTHING: Kept = { text: '', at: 0 };

const here = (place: string): Kept => {
  const kept = remembered<Kept | string>(place, NOTHING);
  return typeof kept === 'string' ? { text: kept, at: 0 } : kept;
};

whenSaved((names) => {
  for (const place of names.filter((name) => name.startsWith('draft.'))) {
    const mine = here(place);
    if (mine.text !== '') remember(place, { ...mine, kept: true });
  }
});

/**
 * Text that a person has begun, kept until it is sent: leaving, a reload, a lost session and a killed browser keep it,
 * and it is there on another computer too.
 */
export function useDraft(name: string): [string, (text: string) => void] {
  const place = `draft.${name}`;
  const [held, setHeld] = useState(() => ({ place, ...here(place) }));
  const text = held.place === place ? held.text : here(place).text;
  const elsewhere = useDraftNames().has(place);
  const asked = useRef('');

  useEffect(() => {
    if (asked.current === place) return;
    asked.current = place;
    const mine = here(place);
    if (!elsewhere) {
      // It was on the server and is gone: it was sent or thrown away in another window.
      if (mine.kept) remember(place, NOTHING);
      if (mine.kept) setHeld({ place, ...NOTHING });
      return;
    }
    void fetchDraft(place).then((theirs) => {
      if (!theirs || theirs.at <= here(place).at) return;
      remember(place, { ...theirs, kept: true });
      setHeld({ place, ...theirs });
    });
  }, [place, elsewhere]);
  useEffect(() => () => void savePreferences(), []);

  function write(next: string) {
    const now: Kept = { text: next, at: Date.now() };
    setHeld({ place, ...now });
    remember(place, next === '' ? NOTHING : now);
    setPreference(place, next === '' ? null : { text: next, at: now.at }, next === '' ? 0 : SERVER_MS);
  }
  return [text, write];
}

async function fetchDraft(place: string): Promise<Kept | null> {
  const { value } = (await callOperation('accounts.getPreference', { name: place }).catch(() => ({ value: null }))) as {
    value: Partial<Kept> | null;
  };
  return typeof value?.text === 'string' && typeof value.at === 'number' ? (value as Kept) : null;
}
