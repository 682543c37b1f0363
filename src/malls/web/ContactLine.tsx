import { useText } from '#platform/language.tsx';
import type { OutputOf } from '#platform/web.ts';
import { Icon } from '#ui/index.tsx';
import styles from './Malls.module.css';
import { text } from './text.ts';

export type Contact = OutputOf<'malls.listContacts'>['items'][number];

/** Whom to call about one matter of a mall, with the hotline. */
export function ContactLine({ contact }: { contact: Contact }) {
  const t = useText(text);
  const { kind, name, phone, email, note } = contact;
  return (
    <>
      <span className={`t2 ${styles.matter}`}>{t[`contact_${kind}`]}</span>
      <span className="grow el" title={note ?? undefined}>
        <b className="med">{name}</b> {note && <span className="t2 f12">{note}</span>}
      </span>
      {phone && (
        <a className="nw" href={`tel:${phone}`} aria-label={`${t.call} ${phone}`}>
          <Icon name="phone" small /> {phone}
        </a>
      )}
      {email && (
        <a className="nw" href={`mailto:${email}`} aria-label={`${t.mail} ${email}`}>
          <Icon name="mail" small /> {phone ? '' : email}
        </a>
      )}
    </>
  );
}
