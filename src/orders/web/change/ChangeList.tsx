import { useLanguage, useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { useCommand, useOperation } from '#platform/web.ts';
import { moment } from '#ui/format.ts';
import { Button, Chip, ErrorLine, Part } from '#ui/index.tsx';
import type { Order } from '../order-words.ts';
import styles from './Change.module.css';
import { type Change, differences } from './change-words.ts';
import { text } from './text.ts';

const TONES = { ASKED: 'accent', DONE: 'ok', REFUSED: 'danger', WITHDRAWN: 'mute' } as const;

/** What was changed of an order, newest first: from what to what, who wanted it, whose yes it has. */
export function ChangeList({ order, most = 100 }: { order: Order; most?: number }) {
  const t = useText(text);
  const list = useOperation('orders.listChanges', { order: order.id });
  const rows = list.data?.items ?? [];
  if (rows.length === 0) return null;
  return (
    <Part title={t.changes}>
      <ol className={styles.list}>
        {rows.slice(0, most).map((row) => (
          <Entry key={row.id} row={row} />
        ))}
      </ol>
    </Part>
  );
}

function Entry({ row }: { row: Change }) {
  const t = useText(text);
  const language = useLanguage();
  const at = (when: string) => moment(new Date(when), language);
  const waiting = (who: string) => (row.state === 'ASKED' ? t.waitsFor(who) : t.noAnswer(who));
  const asker = [row.askedBy, t[row.wisher], at(row.askedAt), row.reason, row.remoteFeeWaived ? t.waived : null];
  return (
    <li>
      <p className={styles.head}>
        <b className="med">{t[row.kind]}</b>
        {row.line && <span className="t2 el">{row.line.name}</span>}
        <span className="grow" />
        <Chip tone={TONES[row.state]}>{t[row.state]}</Chip>
      </p>
      {differences(row.before, row.after, t).map(({ name, before, after }) => (
        <p key={name} className="f12">
          <span className="t3">{name}</span> <span className="t2">{before}</span> → {after}
        </p>
      ))}
      <p className="f12 t3">{asker.filter(Boolean).join(' · ')}</p>
      {row.needs.map((need) => (
        <p key={need.who} className={`f12 ${need.yes === false ? 'danger' : 't2'}`}>
          {need.yes === null
            ? waiting(need.name)
            : [need.yes ? t.saidYes(need.name) : t.saidNo(need.name), need.by, need.at && at(need.at)]
                .concat(need.byPhone ? [t.byPhone] : [], need.note ?? [])
                .filter(Boolean)
                .join(' · ')}
        </p>
      ))}
      {row.state === 'REFUSED' && row.settledBy === null && <p className="f12 danger">{t.leftFirst}</p>}
      {row.state === 'ASKED' && <Answers row={row} />}
    </li>
  );
}

/** A partner's own answer; at the desk what it said on the phone, and taking the change back. */
function Answers({ row }: { row: Change }) {
  const t = useText(text);
  const can = useCan();
  const answer = useCommand('orders.answerChange');
  const withdraw = useCommand('orders.withdrawChange');
  const desk = can('orders.change');
  const open = row.needs.filter(({ yes }) => yes === null);
  return (
    <div className={styles.buttons}>
      {can('orders.answerChange') &&
        open.flatMap(({ who, name }) =>
          [true, false].map((yes) => (
            <Button
              key={`${who}.${yes}`}
              small
              busy={answer.isPending}
              onClick={() => answer.mutate({ change: row.id, who, yes })}
            >
              {open.length > 1 && `${name} `}
              {desk ? (yes ? t.phoneYes : t.phoneNo) : yes ? t.canYes : t.canNo}
            </Button>
          )),
        )}
      {desk && (
        <Button small icon="x" busy={withdraw.isPending} onClick={() => withdraw.mutate({ change: row.id })}>
          {t.withdraw}
        </Button>
      )}
      <ErrorLine error={answer.error ?? withdraw.error} />
    </div>
  );
}
