import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useLanguage, useText } from '#platform/language.tsx';
import { useCan, useMe } from '#platform/me.tsx';
import { useCommand, useOperation } from '#platform/web.ts';
import { moment } from '#ui/format.ts';
import { Button, Chip, ErrorLine, ErrorNote, Facts, Field, Part, Skeleton, tell } from '#ui/index.tsx';
import { AnswerButtons } from './AnswerButtons.tsx';
import styles from './Requests.module.css';
import { type Full, useRequestWords } from './request-words.ts';
import { Thread } from './Thread.tsx';
import { text } from './text.ts';

/** One request: what is asked, its one-key answers, the order as far as the reader may see it, the thread. */
export function RequestView({ id }: { id: string }) {
  const request = useOperation('requests.get', { id });
  const me = useMe();
  const see = useCommand('requests.see').mutate;
  const unseen = request.data?.unseen && request.data.askedBy.id === me.id;
  useEffect(() => {
    if (unseen) see({ id });
  }, [unseen, see, id]);
  if (request.error) return <ErrorNote error={request.error} onRetry={() => void request.refetch()} />;
  if (!request.data) return <Skeleton rows={8} />;
  return <Shown request={request.data} />;
}

function Shown({ request }: { request: Full }) {
  const t = useText(text);
  const can = useCan();
  const language = useLanguage();
  const say = useRequestWords();
  const { order, ticket, product } = request;
  return (
    <section className={styles.view} aria-label={say.kind(request)}>
      <header className={styles.line}>
        <h2 className="f15">
          {say.kind(request)} <span className="t2 med">{request.addressee.name}</span>
        </h2>
        <Chip tone={request.overdue ? 'danger' : request.state === 'open' ? 'accent' : 'mute'}>
          {request.overdue ? t.late : t[`state_${request.state}`]}
        </Chip>
        {request.escalated && <Chip tone="warn">{t.escalated}</Chip>}
        <span className="grow" />
        <span className={request.overdue ? 'danger' : 't2'}>
          {t.due} {moment(new Date(request.dueAt), language)}
        </span>
      </header>
      <p className="med">{[say.question(request), request.question.note].filter(Boolean).join(' · ')}</p>
      {request.answer && <p className="f15 semi">{say.answer(request, request.answer)}</p>}
      {request.state === 'open' && can('requests.answer') && (
        <Part title={can('tickets.note') ? t.phoneAnswer : t.answer}>
          <AnswerButtons key={request.id} request={request} />
        </Part>
      )}
      {can('requests.ask') && <Actions request={request} />}
      <Facts
        rows={[
          [t.product, [product.name, product.option].filter(Boolean).join(' · ')],
          ...(order
            ? [
                [
                  t.order,
                  <Link key="o" to={`/orders/${order.id}`}>
                    {order.mallOrderNo}
                  </Link>,
                ] as const,
              ]
            : []),
          ...(ticket
            ? [
                [
                  t.ticket,
                  <Link key="t" to={`/tickets/${ticket.id}`}>
                    {ticket.number}
                  </Link>,
                ] as const,
              ]
            : []),
          [t.askedBy, `${request.askedBy.name} · ${moment(new Date(request.askedAt), language)}`],
        ]}
      />
      {request.orderAsked && <OrderPart request={request} />}
      <Thread request={request} />
      <Say id={request.id} />
    </section>
  );
}

function OrderPart({ request }: { request: Full }) {
  const t = useText(text);
  const can = useCan();
  const show = useCommand('requests.showRecipient');
  const order = request.orderAsked;
  if (!order) return null;
  const plain = show.data;
  const { name, phone, address } = plain ?? order.receiver;
  return (
    <Facts
      rows={[
        [t.items, order.lines.map((line) => `${line.name} ${line.option ?? ''} × ${line.qty}`).join(', ')],
        [t.parcels, order.parcels.map((parcel) => parcel.trackingNo ?? '–').join(', ') || '–'],
        [
          t.receiver,
          <span key="r">
            {[name, phone, address, plain?.memo].filter(Boolean).join(' · ')}{' '}
            {can('requests.showRecipient') && order.toDeliver && !plain && (
              <Button small icon="eye" busy={show.isPending} onClick={() => show.mutate({ order: order.id })}>
                {t.showReceiver}
              </Button>
            )}
          </span>,
        ],
      ]}
    />
  );
}

function Actions({ request }: { request: Full }) {
  const t = useText(text);
  const again = useCommand('requests.askAgain');
  const withdraw = useCommand('requests.withdraw');
  const reopen = useCommand('requests.reopen');
  const reassign = useCommand('requests.reassign');
  const { id, version } = request;
  const told = { onSuccess: () => tell(t.done) };
  const toMd = request.addressee.kind !== 'md';
  return (
    <div className={styles.answers}>
      {request.state === 'open' ? (
        <>
          <Button small icon="bell" onClick={() => again.mutate({ id, version }, told)}>
            {t.askAgain}
          </Button>
          <Button
            small
            icon="forward"
            onClick={() => reassign.mutate({ id, version, to: toMd ? 'md' : 'partner' }, told)}
          >
            {toMd ? t.toMd : t.toPartner}
          </Button>
          <Button small icon="x" onClick={() => withdraw.mutate({ id, version }, told)}>
            {t.withdraw}
          </Button>
        </>
      ) : (
        <Button small icon="undo" onClick={() => reopen.mutate({ id, version }, told)}>
          {t.reopen}
        </Button>
      )}
      <ErrorLine error={again.error ?? withdraw.error ?? reopen.error ?? reassign.error} />
    </div>
  );
}

function Say({ id }: { id: string }) {
  const t = useText(text);
  const say = useCommand('requests.say');
  const [typed, setTyped] = useState('');
  return (
    <form
      className={styles.answers}
      onSubmit={(event) => {
        event.preventDefault();
        if (typed.trim()) say.mutate({ id, text: typed }, { onSuccess: () => setTyped('') });
      }}
    >
      <span className="grow">
        <Field label={t.say} hint={t.sayHint} value={typed} onChange={(event) => setTyped(event.target.value)} />
      </span>
      <Button submit busy={say.isPending} disabled={!typed.trim()}>
        {t.say}
      </Button>
      <ErrorLine error={say.error} />
    </form>
  );
}
