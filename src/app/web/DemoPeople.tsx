import { useHotkeys } from '#platform/hotkeys-react.ts';
import { useText, useTitle } from '#platform/language.tsx';
import { Kbd, Why } from '#ui/index.tsx';
import type { AuthInfo } from './auth-call.ts';
import styles from './SignIn.module.css';
import { signInText } from './sign-in-text.ts';

type Props = { people: AuthInfo['sample']; email: string; onPick: (email: string) => void };

/** The sample company's people: a press, or its digit, fills the address in. */
export function DemoPeople({ people, email, onPick }: Props) {
  const t = useText(signInText);
  const title = useTitle();
  useHotkeys(
    people.slice(0, 9).map((person, index) => ({
      keys: String(index + 1),
      title: { ko: `${person.name} 고르기`, en: `Choose ${person.name}` },
      layer: 'page' as const,
      run: () => onPick(person.email),
      // In the address's own field a digit picks too, as long as nobody has typed another address.
      typing: true,
      when: () => !isTypingElsewhere(people),
    })),
  );
  return (
    <section className={styles.people} aria-label={t.demoAccounts}>
      <header className="row">
        <h2>{t.demoAccounts}</h2>
        <span className="grow" />
        <span className="t3 f12">{t.demoHint}</span>
      </header>
      <ul>
        {people.map((person, index) => (
          <li key={person.email}>
            <button type="button" aria-pressed={person.email === email} onClick={() => onPick(person.email)}>
              <span className={styles.name}>{person.name}</span>
              <span className={styles.role}>{title(person.title)}</span>
              <span className="t2 grow el">{title(person.what)}</span>
              <span className="t3 nw">{person.email.replace(/@.*/, '@')}</span>
              {index < 9 && <Kbd keys={String(index + 1)} />}
            </button>
          </li>
        ))}
      </ul>
      <Why>{t.demoAbout}</Why>
    </section>
  );
}

/** An empty password field, or the address of a sample person, waits for a choice; all else is being typed. */
function isTypingElsewhere(people: AuthInfo['sample']): boolean {
  const field = document.activeElement;
  if (!(field instanceof HTMLInputElement)) return false;
  return field.value !== '' && !people.some((person) => person.email === field.value);
}
