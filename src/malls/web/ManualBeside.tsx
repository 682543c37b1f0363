import { Link } from '@tanstack/react-router';
import { useLanguage, useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { useOperation } from '#platform/web.ts';
import { moment } from '#ui/format.ts';
import { ErrorNote, Skeleton } from '#ui/index.tsx';
import type { MallVerb } from '../contract.ts';
import styles from './Malls.module.css';
import { ManualText } from './ManualText.tsx';
import { text } from './text.ts';

/** How something is done in a mall's own admin, beside the case that it is done for. */
export function ManualBeside({ mall, verb }: { mall: string; verb: MallVerb }) {
  const t = useText(text);
  const language = useLanguage();
  const can = useCan();
  const manual = useOperation('malls.getManual', { mall, topic: verb }, { enabled: can('malls.getManual') });
  if (!can('malls.getManual')) return null;
  const { body, shown, pictures } = manual.data ?? {};
  const address = `/malls/${mall}?topic=${verb}`;
  return (
    <section className={styles.beside} aria-label={t.manual}>
      <p className="row f12">
        <b className="med">{t.manual}</b>
        {shown && (
          <span className="t3">{t.savedBy(shown.version, shown.by, moment(new Date(shown.at), language))}</span>
        )}
        <span className="grow" />
        <Link to={address}>{body || !can('malls.saveManual') ? t.openManual : t.writeManual}</Link>
      </p>
      {manual.error && <ErrorNote error={manual.error} onRetry={() => void manual.refetch()} />}
      {manual.isPending && <Skeleton rows={4} />}
      {manual.isSuccess && !body && <p className="t3 f12">{t.noManual}</p>}
      {body && <ManualText body={body} pictures={pictures ?? []} />}
    </section>
  );
}
