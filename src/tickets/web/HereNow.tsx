import { useText } from '#platform/language.tsx';
import { Chip } from '#ui/index.tsx';
import { text } from './text.ts';
import { useOthers } from './usePresence.ts';

/** Who else is at the ticket: who writes stands out, since two answers are worse than none. */
export function HereNow({ ticket }: { ticket: string }) {
  const t = useText(text);
  const others = useOthers()(ticket);
  const [first] = others;
  if (!first) return null;
  const more = others.length > 1 ? ` +${others.length - 1}` : '';
  return (
    <output aria-live="polite">
      <Chip tone={first.state === 'writing' ? 'warn' : 'mute'} icon={first.state === 'writing' ? 'pen' : 'eye'}>
        {first.state === 'writing'
          ? t.writes(first.name)
          : first.state === 'away'
            ? t.lookedAway(first.name)
            : t.looks(first.name)}
        {more}
      </Chip>
    </output>
  );
}
