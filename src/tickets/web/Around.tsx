import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useText } from '#platform/language.tsx';
import { useCommand, useOperation } from '#platform/web.ts';
import { Icon, IconButton, tell } from '#ui/index.tsx';
import { text } from './text.ts';
import { type Ticket, useStatusName } from './ticket-words.ts';

/** What the ticket is linked to and who watches it, in the line of facts. Having seen it, my mentions are read. */
export function Around({ ticket, merged }: { ticket: string; merged: Ticket['merged'] }) {
  const t = useText(text);
  const statusName = useStatusName();
  const { data } = useOperation('tickets.around', { id: ticket });
  const see = useCommand('tickets.seeMentions');
  const unmerge = useCommand('tickets.unmerge');
  const takeBack = (id: string) =>
    unmerge.mutate(
      { id },
      { onSuccess: () => tell(t.undone), onError: (error) => tell(error.message, { tone: 'danger' }) },
    );
  const unseen = (data?.mentions.length ?? 0) > 0;
  const { mutate, isIdle } = see;
  useEffect(() => {
    if (unseen && isIdle) mutate({ id: ticket });
  }, [unseen, isIdle, mutate, ticket]);
  return (
    <>
      {data?.links.map((link) => (
        <span key={link.id}>
          <Icon name="link" small />
          <Link to={`/tickets/${link.id}`} title={`${link.subject} · ${statusName(link.status)}`}>
            {t[`link_${link.kind}`]} {link.number}
          </Link>
        </span>
      ))}
      {merged.map((one) => (
        <span key={one.id} title={one.subject}>
          {t.mergedFrom(String(one.number))}
          <IconButton icon="undo" label={t.unmerge(String(one.number))} onClick={() => takeBack(one.id)} />
        </span>
      ))}
      {data && data.watchers.length > 0 && (
        <span title={data.watchers.map(({ name }) => name).join(', ')}>
          <Icon name="eye" small label={t.watchers} />
          {data.watchers.length}
        </span>
      )}
    </>
  );
}
