import { useState } from 'react';
import { remember, remembered } from './remember.ts';

/** Text that a person has begun, kept in this browser until it is sent: leaving, a reload or a lost session keeps it. */
export function useDraft(name: string): [string, (text: string) => void] {
  const place = `draft.${name}`;
  const [held, setHeld] = useState(() => ({ place, text: remembered(place, '') }));
  const text = held.place === place ? held.text : remembered(place, '');
  function write(next: string) {
    setHeld({ place, text: next });
    remember(place, next);
  }
  return [text, write];
}
