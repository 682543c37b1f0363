import { type FormEvent, useState } from 'react';
import { LinkLevel, MALL_VERBS, type MallVerb, MallWay, useVerbName } from '#malls/web/parts.tsx';
import { useLanguage, useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { useCommand, useOperation } from '#platform/web.ts';
import { moment } from '#ui/format.ts';
import { Button, Dialog, ErrorLine, Field, Part, SelectField, tell } from '#ui/index.tsx';
import type { Order } from './order-words.ts';
import { text } from './text.ts';

const RESULTS = ['DONE', 'WAITING', 'REFUSED'] as const;

/** What this order's mall lets Haedap do, verb by verb; what is done in its own admin is opened from here and recorded. */
export function MallSteps({ order }: { order: Order }) {
  const t = useText(text);
  const can = useCan();
  const nameOf = useVerbName();
  const [verb, setVerb] = useState<MallVerb>('return.accept');
  const [recording, setRecording] = useState(false);
  const admin = useOpenAdmin(order);
  if (!can('orders.openAdmin')) return null;
  return (
    <Part title={t.atMall}>
      <div style={{ display: 'grid', gap: 8, justifyItems: 'start' }}>
        <LinkLevel mall={order.mall} />
        <SelectField
          small
          label={t.whatToDo}
          value={verb}
          onChange={(event) => setVerb(event.target.value as MallVerb)}
        >
          {MALL_VERBS.map((one) => (
            <option key={one} value={one}>
              {nameOf(one)}
            </option>
          ))}
        </SelectField>
        <MallWay mall={order.mall} verb={verb} busy={admin.busy} onOpen={() => admin.open(verb)} />
        <ErrorLine error={admin.error} />
        <Button onClick={() => setRecording(true)}>{t.recordStep}</Button>
        {can('orders.history') && <StepsDone order={order} />}
      </div>
      {recording && <RecordDialog order={order} verb={verb} onClose={() => setRecording(false)} />}
    </Part>
  );
}

/** Opens the mall's admin for an order; who opened it is recorded. */
export function useOpenAdmin(order: Order) {
  const open = useCommand('orders.openAdmin');
  return {
    busy: open.isPending,
    error: open.error,
    open(verb: MallVerb) {
      // Opened by the click itself, before the answer: otherwise browsers hold it back.
      const tab = window.open('', '_blank');
      if (tab) tab.opener = null;
      const input = { order: order.id, verb };
      open.mutate(input, {
        onSuccess: ({ url }) => (url && tab ? tab.location.replace(url) : tab?.close()),
        onError: () => tab?.close(),
      });
    },
  };
}

function StepsDone({ order }: { order: Order }) {
  const t = useText(text);
  const language = useLanguage();
  const nameOf = useVerbName();
  const history = useOperation('orders.history', { id: order.id });
  const steps = history.data?.items.filter(({ type }) => type === 'order.manualStep') ?? [];
  return steps.map(({ seq, at, by, verb, result, note }) => (
    <p key={seq} className="t2 f12">
      {moment(new Date(at), language)} · {by} · {verb && nameOf(verb)} · {result && t[`step${result}`]} · {note}
    </p>
  ));
}

type DialogProps = { order: Order; verb: MallVerb; onClose: () => void };

/** What somebody did in the mall's admin. */
export function RecordDialog({ order, verb, onClose }: DialogProps) {
  const t = useText(text);
  const nameOf = useVerbName();
  const record = useCommand('orders.recordManualStep');
  const [result, setResult] = useState<(typeof RESULTS)[number]>('DONE');
  const [note, setNote] = useState('');
  function submit(event: FormEvent) {
    event.preventDefault();
    const done = () => {
      tell(t.stepRecorded);
      onClose();
    };
    record.mutate({ order: order.id, verb, result, note }, { onSuccess: done });
  }
  return (
    <Dialog title={`${t.recordStep}: ${nameOf(verb)}`} about={t.recordStepAbout} onClose={onClose}>
      <form onSubmit={submit} style={{ display: 'grid', gap: 16 }}>
        <SelectField
          label={t.stepResult}
          value={result}
          onChange={(event) => setResult(event.target.value as typeof result)}
        >
          {RESULTS.map((one) => (
            <option key={one} value={one}>
              {t[`step${one}`]}
            </option>
          ))}
        </SelectField>
        <Field
          autoFocus
          required
          label={t.stepNote}
          error={record.error?.field('note')}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        <ErrorLine error={record.error} />
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button onClick={onClose}>{t.cancelStep}</Button>
          <Button look="primary" submit busy={record.isPending} disabled={note.trim() === ''}>
            {t.recordStep}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
