import { useText } from '#platform/language.tsx';
import type { OutputOf } from '#platform/web.ts';
import { Icon } from '#ui/index.tsx';
import { text } from './text.ts';

type Contact = OutputOf<'catalogue.contacts'>['items'][number];

/** Whom to ask about a product, when they answer, and the hotline for whoever may call it. */
export function ContactLine({ contact }: { contact: Contact }) {
  const t = useText(text);
  const kind = { md: t.md, logistics: t.logistics, partner: t.partnerContact } as const;
  return (
    <>
      <span className="t2 nw">{kind[contact.kind]}</span>
      <span className="grow el">
        <b className="med">{contact.name}</b> {contact.company}
      </span>
      <span className="t2 f12 nw">{t.hours(contact.businessHours.open, contact.businessHours.close)}</span>
      {contact.phone && (
        <a className="nw" href={`tel:${contact.phone}`} aria-label={`${t.call} ${contact.phone}`}>
          <Icon name="phone" small /> {contact.phone}
        </a>
      )}
    </>
  );
}
