import { type FormEvent, useState } from 'react';
import { useText } from '#platform/language.tsx';
import { useCommand } from '#platform/web.ts';
import { Button, Dialog, ErrorLine, Field, tell } from '#ui/index.tsx';
import { text } from './text.ts';

type Stock = { free: number; onWay: number; restockOn: string | null };
type Props = { id: string; stock: Stock | null; onClose: () => void };

/** Writes down the stock as it was counted or told. */
export function StockDialog({ id, stock, onClose }: Props) {
  const t = useText(text);
  const record = useCommand('catalogue.recordStock');
  const [free, setFree] = useState(String(stock?.free ?? ''));
  const [onWay, setOnWay] = useState(String(stock?.onWay ?? 0));
  const [restockOn, setRestockOn] = useState(stock?.restockOn ?? '');
  function submit(event: FormEvent) {
    event.preventDefault();
    record.mutate(
      { id, free: Number(free), onWay: Number(onWay), restockOn: restockOn || null },
      {
        onSuccess: () => {
          tell(t.saved);
          onClose();
        },
      },
    );
  }
  const number = { type: 'number', min: 0, step: 1, required: true, inputMode: 'numeric' } as const;
  return (
    <Dialog title={t.edit} onClose={onClose}>
      <form onSubmit={submit} style={{ display: 'grid', gap: 16 }}>
        <Field
          {...number}
          autoFocus
          label={t.free}
          error={record.error?.field('free')}
          value={free}
          onChange={(event) => setFree(event.target.value)}
        />
        <Field
          {...number}
          label={t.onWay}
          error={record.error?.field('onWay')}
          value={onWay}
          onChange={(event) => setOnWay(event.target.value)}
        />
        <Field
          type="date"
          label={t.restock}
          error={record.error?.field('restockOn')}
          value={restockOn}
          onChange={(event) => setRestockOn(event.target.value)}
        />
        <ErrorLine error={record.error} />
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button onClick={onClose}>{t.cancel}</Button>
          <Button look="primary" submit busy={record.isPending} disabled={free === ''}>
            {t.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
