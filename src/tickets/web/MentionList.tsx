import { useText } from '#platform/language.tsx';
import styles from './Desk.module.css';
import { text } from './text.ts';
import type { Mentions } from './useMentions.ts';

/** Colleagues whose name begins as typed after `@`. */
export function MentionList({ mentions }: { mentions: Mentions }) {
  const t = useText(text);
  if (mentions.found.length === 0) return null;
  return (
    <div id="mention-list" role="listbox" aria-label={t.mention} className={styles.mentions}>
      {mentions.found.map((person, index) => (
        <div
          key={person.id}
          id={`mention-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === mentions.active}
          onMouseDown={(event) => {
            event.preventDefault();
            mentions.take(person);
          }}
        >
          <b className="med">{person.name}</b>
          <span className="t3">{person.state === 'ready' ? t.ready : (person.reason ?? t.away)}</span>
        </div>
      ))}
    </div>
  );
}
