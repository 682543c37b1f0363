import { type FormEvent, useState } from 'react';
import { useMalls } from '#malls/web/parts.tsx';
import { useText, useTitle } from '#platform/language.tsx';
import { type InputOf, type OutputOf, useCommand } from '#platform/web.ts';
import { Button, ErrorLine, Part, SelectField } from '#ui/index.tsx';
import styles from './Import.module.css';
import { text } from './text.ts';

type Import = OutputOf<'orders.getImport'>;
type Check = InputOf<'orders.checkImport'>;
type FieldName = keyof Import['mapping'] & string;

const FIELDS: readonly FieldName[] = [
  ...(['orderNo', 'orderedAt', 'name', 'qty', 'price', 'lineTotal', 'discount', 'fee', 'lineId', 'sku'] as const),
  ...(['optionText', 'paidAt', 'customerName', 'customerPhone', 'customerEmail', 'receiverName'] as const),
  ...(['receiverPhone', 'receiverPhone2', 'postcode', 'address', 'memo', 'carrierWord', 'trackingNo'] as const),
  ...(['shippedAt', 'deliveredAt', 'rawStatus', 'productNo', 'group', 'remoteFee'] as const),
];
const STATES = ['결제완료', '상품준비중', '배송지시', '배송중', '배송완료'];

/** What the file cannot tell itself: its mall, the tab that it was taken from, which column is what. */
export function ChoicePart({ it, onChecked }: { it: Import; onChecked: () => void }) {
  const t = useText(text);
  const title = useTitle();
  const malls = useMalls();
  const check = useCommand('orders.checkImport');
  const [mall, setMall] = useState(it.mall ?? '');
  const [state, setState] = useState('');
  const [mapping, setMapping] = useState(it.mapping);
  const maps = it.asks.includes('mapping');
  function submit(event: FormEvent) {
    event.preventDefault();
    const given: Check = {
      import: it.id,
      ...(mall ? { mall } : {}),
      ...(state ? { state } : {}),
      ...(maps ? { mapping } : {}),
    };
    check.mutate(given, { onSuccess: onChecked });
  }
  const map = (field: FieldName, heading: string) => {
    const { [field]: _, ...rest } = mapping;
    setMapping(heading === '' ? rest : { ...rest, [field]: heading });
  };
  return (
    <Part title={t.mapping} about={maps ? t.mappingAbout : undefined}>
      <form onSubmit={submit}>
        <div className={styles.fields}>
          {it.asks.includes('mall') && (
            <SelectField label={t.mall} value={mall} required onChange={(event) => setMall(event.target.value)}>
              <option value="">{t.chooseMall}</option>
              {malls.map(({ id, name }) => (
                <option key={id} value={id}>
                  {title(name)}
                </option>
              ))}
            </SelectField>
          )}
          {it.asks.includes('state') && (
            <SelectField label={t.stateOfTab} value={state} onChange={(event) => setState(event.target.value)}>
              <option value="">{t.unknownState}</option>
              {STATES.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </SelectField>
          )}
          {maps &&
            FIELDS.map((field) => (
              <SelectField
                key={field}
                label={t[`f_${field}`]}
                value={mapping[field] ?? ''}
                onChange={(event) => map(field, event.target.value)}
              >
                <option value="">{t.none}</option>
                {[...new Set(it.headings)].filter(Boolean).map((heading) => (
                  <option key={heading}>{heading}</option>
                ))}
              </SelectField>
            ))}
        </div>
        <ErrorLine error={check.error} />
        <Button submit look={it.state === 'needs_choice' ? 'primary' : 'plain'} busy={check.isPending}>
          {it.state === 'needs_choice' ? t.check : t.again}
        </Button>
      </form>
    </Part>
  );
}
