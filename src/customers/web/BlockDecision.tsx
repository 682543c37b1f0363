import { useState } from 'react';
import { useLanguage, useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { useCommand } from '#platform/web.ts';
import { moment } from '#ui/format.ts';
import { Button, ErrorLine, Field, tell } from '#ui/index.tsx';
import type { Conduct } from './ConductPart.tsx';
import styles from './Customer.module.css';
import { conductText } from './conduct-text.ts';

/** A block that was asked for or holds, with what a manager may decide about it. */
export function BlockDecision({ block }: { block: NonNullable<Conduct['block']> }) {
  const t = useText(conductText);
  const language = useLanguage();
  const can = useCan();
  const decide = useCommand('customers.decideBlock');
  const lift = useCommand('customers.liftBlock');
  const [note, setNote] = useState('');
  const decided = (grant: boolean) => () =>
    decide.mutate(
      { block: block.id, grant, ...(note.trim() ? { note } : {}) },
      { onSuccess: () => tell(grant ? t.blockedNow : t.deniedNow) },
    );
  const lifted = () => lift.mutate({ block: block.id, why: note }, { onSuccess: () => tell(t.liftedNow) });
  const open = block.state === 'asked' && can('customers.decideBlock');
  const held = block.state === 'blocked' && can('customers.liftBlock');
  return (
    <div className={styles.form}>
      <p>
        <b className="med">{t[`block_${block.state}`]}</b> {block.reason}{' '}
        <span className="t3 f12">
          {block.askedBy} · {moment(new Date(block.askedAt), language)}
          {block.decidedBy && ` → ${block.decidedBy}`}
          {block.until && ` · ${t.until(moment(new Date(block.until), language))}`}
        </span>
      </p>
      {(open || held) && (
        <Field
          label={held ? t.liftWhy : t.decisionNote}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      )}
      {open && (
        <div className="row">
          <Button look="primary" busy={decide.isPending} onClick={decided(true)}>
            {t.grantBlock}
          </Button>
          <Button busy={decide.isPending} onClick={decided(false)}>
            {t.denyBlock}
          </Button>
        </div>
      )}
      {held && (
        <div className="row">
          <Button busy={lift.isPending} disabled={note.trim() === ''} onClick={lifted}>
            {t.liftBlock}
          </Button>
        </div>
      )}
      <ErrorLine error={decide.error ?? lift.error} />
    </div>
  );
}
