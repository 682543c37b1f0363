import { useText, useTitle } from '#platform/language.tsx';
import { roleTitle } from '#platform/roles.ts';
import type { OutputOf } from '#platform/web.ts';
import { text } from './text.ts';

export type Person = OutputOf<'accounts.getPerson'>;
export type Grant = Person['grants'][number];

/** `상담사 · 몰 2곳`: a role and where it holds. */
export function useGrantWords(): (grant: Grant) => string {
  const t = useText(text);
  const title = useTitle();
  return ({ role, malls, centres, partners }) => {
    const where = [
      malls ? t.malls(String(malls.length)) : '',
      centres ? t.centres(String(centres.length)) : '',
      partners ? t.partners(String(partners.length)) : '',
    ].filter(Boolean);
    return [title(roleTitle(role)), ...where].join(' · ');
  };
}

/** All roles of a person in one line. */
export function GrantWords({ grants }: { grants: readonly Grant[] }) {
  const t = useText(text);
  const words = useGrantWords();
  if (grants.length === 0) return <span className="t3">{t.noRole}</span>;
  return <span className="el">{grants.map(words).join(', ')}</span>;
}
