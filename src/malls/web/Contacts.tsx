import { type FormEvent, useState } from 'react';
import { useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { useCommand, useOperation } from '#platform/web.ts';
import { Button, Dialog, ErrorLine, ErrorNote, Field, Skeleton, tell } from '#ui/index.tsx';
import { MALL_CONTACTS } from '../contract.ts';
import { type Contact, ContactLine } from './ContactLine.tsx';
import styles from './Malls.module.css';
import { text } from './text.ts';

type Kind = (typeof MALL_CONTACTS)[number];

/** Whom to call about a mall, matter by matter; what is missing is seen. */
export function Contacts({ mall }: { mall: string }) {
  const t = useText(text);
  const can = useCan();
  const list = useOperation('malls.listContacts', { mall });
  const [editing, setEditing] = useState<Kind | null>(null);
  if (list.error) return <ErrorNote error={list.error} onRetry={() => void list.refetch()} />;
  if (!list.data) return <Skeleton rows={5} />;
  const known = (kind: Kind) => list.data.items.find((row) => row.kind === kind);
  return (
    <>
      <ul className={styles.contacts}>
        {MALL_CONTACTS.map((kind) => {
          const contact = known(kind);
          const word = t[`contact_${kind}`];
          return (
            <li key={kind}>
              {contact ? (
                <ContactLine contact={contact} />
              ) : (
                <>
                  <span className={`t2 ${styles.matter}`}>{word}</span>
                  <span className="t3 grow">{t.noContact}</span>
                </>
              )}
              {can('malls.saveContact') && (
                <Button small aria-label={`${word} ${contact ? t.edit : t.add}`} onClick={() => setEditing(kind)}>
                  {contact ? t.edit : t.add}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      {editing && (
        <ContactDialog mall={mall} kind={editing} contact={known(editing)} onClose={() => setEditing(null)} />
      )}
    </>
  );
}

type DialogProps = { mall: string; kind: Kind; contact: Contact | undefined; onClose: () => void };

function ContactDialog({ mall, kind, contact, onClose }: DialogProps) {
  const t = useText(text);
  const save = useCommand('malls.saveContact');
  const remove = useCommand('malls.removeContact');
  const [given, setGiven] = useState({
    name: contact?.name ?? '',
    phone: contact?.phone ?? '',
    email: contact?.email ?? '',
    note: contact?.note ?? '',
  });
  const field = (name: keyof typeof given) => ({
    label: t[`contact__${name}`],
    value: given[name],
    error: save.error?.field(name),
    onChange: (event: { target: { value: string } }) => setGiven({ ...given, [name]: event.target.value }),
  });
  const done = (words: string) => () => {
    tell(words);
    onClose();
  };
  function submit(event: FormEvent) {
    event.preventDefault();
    const { name, phone, email, note } = given;
    const orNull = (value: string) => value.trim() || null;
    const input = { mall, kind, name, phone: orNull(phone), email: orNull(email), note: orNull(note) };
    save.mutate(input, { onSuccess: done(t.contactSaved) });
  }
  return (
    <Dialog title={t[`contact_${kind}`]} about={t.contactAbout} onClose={onClose}>
      <form onSubmit={submit} style={{ display: 'grid', gap: 14 }}>
        <Field autoFocus required maxLength={100} {...field('name')} />
        <Field {...field('phone')} />
        <Field type="email" {...field('email')} />
        <Field maxLength={500} hint={t.noteHint} {...field('note')} />
        <ErrorLine error={save.error ?? remove.error} />
        <div className="row">
          {contact && (
            <Button
              busy={remove.isPending}
              onClick={() => remove.mutate({ mall, kind }, { onSuccess: done(t.contactRemoved) })}
            >
              {t.removeContact}
            </Button>
          )}
          <span className="grow" />
          <Button onClick={onClose}>{t.cancel}</Button>
          <Button look="primary" submit busy={save.isPending}>
            {t.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
