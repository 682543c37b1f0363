import { Link } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { useHotkeys } from '#platform/hotkeys-react.ts';
import { useLanguage, useText } from '#platform/language.tsx';
import { useCan, useMe } from '#platform/me.tsx';
import { useCommand, useOperation } from '#platform/web.ts';
import { moment } from '#ui/format.ts';
import { Button, Chip, ErrorLine, ErrorNote, Facts, Part, Skeleton, tell } from '#ui/index.tsx';
import styles from './Transfers.module.css';
import { text } from './text.ts';
import { type Full, useTransferWords } from './transfer-words.ts';

/** One transfer: what is asked, by when, what was said, and what its reader may do with it. */
export function TransferView({ id }: { id: string }) {
  const transfer = useOperation('transfers.get', { id });
  if (transfer.error) return <ErrorNote error={transfer.error} onRetry={() => void transfer.refetch()} />;
  if (!transfer.data) return <Skeleton rows={8} />;
  return <Shown transfer={transfer.data} />;
}

function Shown({ transfer }: { transfer: Full }) {
  const t = useText(text);
  const language = useLanguage();
  const { kindName } = useTransferWords();
  const { ticket } = transfer;
  const title = `${ticket.number} ${ticket.subject}`;
  return (
    <section className={styles.view} aria-label={`${kindName(transfer.kind)} ${transfer.to.name}`}>
      <header className={styles.line}>
        <h2 className="f15">
          {kindName(transfer.kind)} <span className="t2 med">{transfer.to.name}</span>
        </h2>
        <Chip tone={transfer.overdue ? 'danger' : transfer.endedAt ? 'mute' : 'accent'}>
          {transfer.overdue ? t.late : t[`state_${transfer.state}`]}
        </Chip>
        {transfer.nth > 1 && <Chip tone={transfer.nth >= 3 ? 'danger' : 'mute'}>{t.nth(String(transfer.nth))}</Chip>}
        <span className="grow" />
        <span className={transfer.overdue ? 'danger' : 't2'}>
          {t.due} {moment(new Date(transfer.dueAt), language)}
        </span>
      </header>
      <p className="med">{transfer.question}</p>
      <Facts
        rows={[
          [
            t.ticket,
            ticket.id ? (
              <Link key="t" to={`/tickets/${ticket.id}`}>
                {title}
              </Link>
            ) : (
              title
            ),
          ],
          [t.from, `${transfer.sentBy.name} · ${moment(new Date(transfer.sentAt), language)}`],
          ...(transfer.acceptedBy ? [[t.acceptedBy, transfer.acceptedBy] as const] : []),
        ]}
      />
      <Thread transfer={transfer} />
      <Actions key={transfer.version} transfer={transfer} />
    </section>
  );
}

function Thread({ transfer }: { transfer: Full }) {
  const t = useText(text);
  const language = useLanguage();
  return (
    <Part title={t.thread}>
      <ol className={styles.thread}>
        {transfer.thread.map((entry) => (
          <li key={entry.id}>
            <p className={`${styles.line} f12`}>
              <b className="med">{entry.author ?? t.system}</b>
              <span className="t2">{t[`e_${entry.kind}`]}</span>
              <span className="grow" />
              <span className="t3">{moment(new Date(entry.at), language)}</span>
            </p>
            {entry.text && <p>{entry.text}</p>}
          </li>
        ))}
      </ol>
    </Part>
  );
}

/** One field, and what its text becomes: an answer, a reason, a word in between. */
function Actions({ transfer }: { transfer: Full }) {
  const t = useText(text);
  const can = useCan();
  const me = useMe();
  const areaId = useId();
  const [typed, setTyped] = useState('');
  const accept = useCommand('transfers.accept');
  const answer = useCommand('transfers.answer');
  const back = useCommand('transfers.sendBack');
  const withdraw = useCommand('transfers.withdraw');
  const say = useCommand('transfers.say');
  const acknowledge = useCommand('transfers.acknowledge');
  const { id, version, state, mine } = transfer;
  const words = typed.trim();
  const done = (message: string) => ({ onSuccess: () => tell(message) });
  const mayAccept = mine && state === 'open';
  const answering = () => words && answer.mutate({ id, version, text: words }, done(t.answered));
  useHotkeys([
    {
      keys: 'Alt+A',
      title: { ko: '이관 받기', en: 'Accept' },
      layer: 'page',
      run: () => accept.mutate({ id, version }, done(t.accepted)),
      when: () => mayAccept,
    },
    {
      keys: 'Ctrl+Enter',
      title: { ko: '답하기', en: 'Answer' },
      layer: 'page',
      run: answering,
      when: () => mine && words !== '',
    },
  ]);
  const third = transfer.nth >= 3 && can('transfers.acknowledge');
  const commands = [accept, answer, back, withdraw, say, acknowledge];
  if (transfer.endedAt && !third) return null;
  return (
    <div className={styles.form}>
      {!transfer.endedAt && can('transfers.say') && (
        <div>
          <label htmlFor={areaId} className="f12 t2">
            {t.reply}
          </label>
          <textarea
            id={areaId}
            className={styles.area}
            placeholder={t.replyHint}
            maxLength={2000}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </div>
      )}
      <div className={styles.actions}>
        {mayAccept && (
          <Button
            look="primary"
            icon="check"
            hotkey="Alt+A"
            busy={accept.isPending}
            onClick={() => accept.mutate({ id, version }, done(t.accepted))}
          >
            {t.accept}
          </Button>
        )}
        {mine && (
          <>
            <Button hotkey="Ctrl+Enter" busy={answer.isPending} disabled={!words} onClick={answering}>
              {t.answer}
            </Button>
            <Button
              icon="undo"
              busy={back.isPending}
              disabled={!words}
              onClick={() => back.mutate({ id, version, reason: words }, done(t.returned))}
            >
              {t.sendBack}
            </Button>
          </>
        )}
        {!transfer.endedAt && can('transfers.say') && (
          <Button
            look="quiet"
            busy={say.isPending}
            disabled={!words}
            onClick={() => say.mutate({ id, text: words }, { onSuccess: () => setTyped('') })}
          >
            {t.say}
          </Button>
        )}
        {state === 'open' && transfer.sentBy.id === me.id && (
          <Button
            look="quiet"
            icon="x"
            busy={withdraw.isPending}
            onClick={() => withdraw.mutate({ id, version }, done(t.withdrawn))}
          >
            {t.withdraw}
          </Button>
        )}
        <span className="grow" />
        {third &&
          (transfer.acknowledgedBy ? (
            <span className="t2">{t.acknowledgedBy(transfer.acknowledgedBy)}</span>
          ) : (
            <Button icon="eye" busy={acknowledge.isPending} onClick={() => acknowledge.mutate({ id })}>
              {t.acknowledge}
            </Button>
          ))}
      </div>
      <ErrorLine error={commands.find(({ error }) => error)?.error ?? null} />
    </div>
  );
}
