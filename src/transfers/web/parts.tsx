import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useHotkeys } from '#platform/hotkeys-react.ts';
import { useLanguage, useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { useOperation } from '#platform/web.ts';
import type { OnTicket } from '#tickets/web/parts.tsx';
import { moment } from '#ui/format.ts';
import { Button, Chip, Icon } from '#ui/index.tsx';
import { TransferDialog } from './TransferDialog.tsx';
import styles from './Transfers.module.css';
import { text } from './text.ts';

/** Hands the case on (Alt+Y), in the head of the ticket. */
export function TransferButton({ ticket }: OnTicket) {
  const can = useCan();
  return can('transfers.send') && ticket.status !== 'solved' ? <Opening ticket={ticket} /> : null;
}

function Opening({ ticket }: OnTicket) {
  const t = useText(text);
  const [open, setOpen] = useState(false);
  useHotkeys([{ keys: 'Alt+Y', title: { ko: '이관', en: 'Transfer' }, layer: 'page', run: () => setOpen(true) }]);
  return (
    <>
      <Button small look="quiet" hotkey="Alt+Y" onClick={() => setOpen(true)}>
        {t.transfer}
      </Button>
      {open && <TransferDialog ticket={ticket.id} onClose={() => setOpen(false)} />}
    </>
  );
}

/** Where the open case is now: with whom, until when, what was answered last. */
export function TransferNotice({ ticket }: OnTicket) {
  const can = useCan();
  const t = useText(text);
  const language = useLanguage();
  const list = useOperation('transfers.list', { ticket: ticket.id, limit: 1 }, { enabled: can('transfers.list') });
  const row = list.data?.items[0];
  if (!row || row.state === 'withdrawn') return null;
  return (
    <div className={styles.notice}>
      <Icon name="forward" small />
      <Link to={`/transfers/${row.id}`} className="med">
        {t.transfer} {row.to.name}
      </Link>
      <Chip tone={row.overdue ? 'danger' : row.endedAt ? 'mute' : 'accent'}>
        {row.overdue ? t.late : t[`state_${row.state}`]}
      </Chip>
      {row.nth > 1 && <Chip tone={row.nth >= 3 ? 'danger' : 'mute'}>{t.nth(String(row.nth))}</Chip>}
      <span className="el grow t2">{row.question}</span>
      {!row.endedAt && (
        <span className={`nw ${row.overdue ? 'danger' : 't2'}`}>
          {t.due} {moment(new Date(row.dueAt), language)}
        </span>
      )}
    </div>
  );
}
