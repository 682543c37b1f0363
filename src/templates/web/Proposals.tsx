import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useLanguage, useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { type ItemOf, useCommand, useOperation } from '#platform/web.ts';
import { moment } from '#ui/format.ts';
import { Button, Empty, ErrorLine, ErrorNote, Field, Scroll, SelectField, Skeleton, tell } from '#ui/index.tsx';
import styles from './Templates.module.css';
import { TemplateText } from './TemplateText.tsx';
import { text } from './text.ts';

type Proposal = ItemOf<'templates.listProposals'>;

/** Proposals that wait: accepted into a folder, or declined with a reason. */
export function Proposals() {
  const t = useText(text);
  const list = useOperation('templates.listProposals', { state: 'open' });
  if (list.error) return <ErrorNote error={list.error} onRetry={() => void list.refetch()} />;
  if (!list.data) return <Skeleton rows={8} />;
  if (list.data.items.length === 0) return <Empty icon="flag" title={t.noProposals} about={t.noProposalsAbout} />;
  return (
    <Scroll>
      <div className={styles.cards}>
        {list.data.items.map((proposal) => (
          <Card key={proposal.id} proposal={proposal} />
        ))}
      </div>
    </Scroll>
  );
}

function Card({ proposal }: { proposal: Proposal }) {
  const t = useText(text);
  const can = useCan();
  const language = useLanguage();
  const folders = useOperation('templates.folders', {});
  const accept = useCommand('templates.accept');
  const decline = useCommand('templates.decline');
  const [place, setPlace] = useState('');
  const [reason, setReason] = useState('');
  const folder = place || (folders.data?.items[0]?.id ?? '');
  const { id, ticket } = proposal;
  return (
    <article className={styles.card} aria-label={proposal.title}>
      <p className={styles.line}>
        <b className="med grow">{proposal.title}</b>
        <Link to={`/tickets/${ticket.id}`}>{ticket.number}</Link>
        <span className="t2 nw">
          {proposal.proposedBy} · {moment(new Date(proposal.proposedAt), language)}
        </span>
      </p>
      <div className={styles.box}>
        <TemplateText text={proposal.body} />
      </div>
      {proposal.reason && <p className="t2">{proposal.reason}</p>}
      {can('templates.accept') && (
        <div className={styles.line}>
          <SelectField bare label={t.folder} value={folder} onChange={(event) => setPlace(event.target.value)}>
            {folders.data?.items.map(({ id: one, name }) => (
              <option key={one} value={one}>
                {name}
              </option>
            ))}
          </SelectField>
          <Button
            icon="check"
            busy={accept.isPending}
            disabled={!folder}
            onClick={() => accept.mutate({ id, folder }, { onSuccess: () => tell(t.acceptedNow) })}
          >
            {t.accept}
          </Button>
          <span className="grow">
            <Field
              bare
              label={t.declineReason}
              placeholder={t.declineReason}
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </span>
          <Button
            look="quiet"
            busy={decline.isPending}
            disabled={!reason.trim()}
            onClick={() => decline.mutate({ id, reason: reason.trim() }, { onSuccess: () => tell(t.declined) })}
          >
            {t.decline}
          </Button>
        </div>
      )}
      <ErrorLine error={accept.error ?? decline.error} />
    </article>
  );
}
