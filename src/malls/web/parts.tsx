import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useText, useTitle } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { type OutputOf, useOperation } from '#platform/web.ts';
import { Button, ChoiceFilter, type Filtered, MallTag } from '#ui/index.tsx';
import type { MANUAL_TOPICS, MallVerb } from '../contract.ts';
import { ContactLine } from './ContactLine.tsx';
import styles from './Malls.module.css';
import { ManualBeside } from './ManualBeside.tsx';
import { text } from './text.ts';

export { MALL_VERBS, type MallVerb } from '../rules/verbs.ts';

type Mall = OutputOf<'malls.list'>['items'][number];
const HOUR_MS = 3_600_000;

/** The malls that this person sees; they hardly ever change. */
export function useMalls(): readonly Mall[] {
  const can = useCan();
  return useOperation('malls.list', {}, { staleMs: HOUR_MS, enabled: can('malls.list') }).data?.items ?? [];
}

/** The mall in two letters, its name on hover. */
export function MallTagOf({ mall }: { mall: string }) {
  const title = useTitle();
  const known = useMalls().find(({ id }) => id === mall);
  return <MallTag short={known?.short ?? mall.slice(0, 4)} name={known ? title(known.name) : mall} />;
}

/** A mall's full name. */
export function useMallName(): (mall: string) => string {
  const title = useTitle();
  const malls = useMalls();
  return (mall) => {
    const known = malls.find(({ id }) => id === mall);
    return known ? title(known.name) : mall;
  };
}

type FilterProps = { label: string; all: string } & (
  | { list: Filtered<'mall'> }
  | { value: string | undefined; onChange: (mall: string | undefined) => void }
);

/** Choice of one mall, or all. */
export function MallFilter({ label, all, ...of }: FilterProps) {
  const title = useTitle();
  const options = useMalls().map((mall) => [mall.id, title(mall.name)] as const);
  const list =
    'list' in of
      ? of.list
      : { filter: { mall: of.value }, setFilter: ({ mall }: { mall?: string }) => of.onChange(mall) };
  return <ChoiceFilter list={list as Filtered<'mall'>} name="mall" label={label} all={all} options={options} />;
}

/** A mall with all that it lets Haedap do; undefined while it loads or lies out of reach. */
export function useMall(mall: string): Mall | undefined {
  return useMalls().find(({ id }) => id === mall);
}

/** What a verb is called. */
export function useVerbName(): (verb: MallVerb) => string {
  const t = useText(text);
  return (verb) => t[verb];
}

/** What a manual is about, in words. */
export function useTopicName(): (topic: (typeof MANUAL_TOPICS)[number]) => string {
  const t = useText(text);
  return (topic) => t[topic];
}

/** How far a mall is linked, in a sentence. */
export function LinkLevel({ mall }: { mall: string }) {
  const t = useText(text);
  const known = useMall(mall);
  return known ? <span className="t2">{t[known.link]}</span> : null;
}

type WayProps = { mall: string; verb: MallVerb; busy: boolean; onOpen: () => void };

/** What happens with this verb at this mall, and the button to its admin where somebody has to do it there. */
export function MallWay({ mall, verb, busy, onOpen }: WayProps) {
  const t = useText(text);
  const title = useTitle();
  const known = useMall(mall);
  const way = known?.verbs[verb];
  if (!known || !way) return null;
  return (
    <>
      <p>
        {way.how === 'none' ? t.cannot : t[way.how]}
        {way.note && <span className="t2"> · {title(way.note)}</span>}
        {way.how === 'deep_link' && !way.verified && <span className="t3 f12"> · {t.unverified}</span>}
      </p>
      {way.how === 'deep_link' && (
        <Button busy={busy} onClick={onOpen}>
          {t.open(title(known.name))}
        </Button>
      )}
      {way.how === 'api' && known.adminUrl && (
        <a href={known.adminUrl} target="_blank" rel="noreferrer">
          {t.open(title(known.name))}
        </a>
      )}
      <ManualBeside mall={mall} verb={verb} />
    </>
  );
}

/** Whom to call about a mall: beside an order. */
export function MallContacts({ mall }: { mall: string }) {
  const can = useCan();
  const list = useOperation('malls.listContacts', { mall }, { enabled: can('malls.listContacts') });
  return (
    <ul className={styles.contacts}>
      {list.data?.items.map((contact) => (
        <li key={contact.kind}>
          <ContactLine contact={contact} />
        </li>
      ))}
    </ul>
  );
}

type SplitProps = {
  label: string;
  /** Where a mall's page stands: `/malls` of `/malls/own`. */
  base: string;
  current: string | undefined;
  /** What is said of each mall at the end of its line. */
  rows: readonly { mall: string; after: ReactNode }[];
  children: ReactNode;
};

/** The malls on the left, and what belongs to the chosen one beside them. */
export function MallSplit({ label, base, current, rows, children }: SplitProps) {
  const nameOf = useMallName();
  return (
    <div className={styles.split}>
      <nav className={styles.malls} aria-label={label}>
        {rows.map(({ mall, after }) => (
          <Link key={mall} to={`${base}/${mall}`} aria-current={mall === current ? 'page' : undefined}>
            <MallTagOf mall={mall} />
            <span className="el grow">{nameOf(mall)}</span>
            {after}
          </Link>
        ))}
      </nav>
      {children}
    </div>
  );
}
