import { useMalls } from '#malls/web/parts.tsx';
import { useText, useTitle } from '#platform/language.tsx';
import type { OutputOf } from '#platform/web.ts';
import { Filters, SearchField, SelectField } from '#ui/index.tsx';
import { deliveryText } from './delivery-text.ts';
import { useCarrier } from './order-words.ts';

type Filter = {
  q?: string | undefined;
  mall?: string | undefined;
  carrier?: string | undefined;
  partner?: string | undefined;
  days?: string | undefined;
};
type Props = {
  filter: Filter;
  counts: OutputOf<'orders.countDeliveries'> | undefined;
  onChange: (change: Filter) => void;
};
const DAYS = ['1', '3', '7', '14'];

/** What narrows the deliveries: search, mall, courier, partner, how long they have been stuck. */
export function DeliveryFilters({ filter, counts, onChange }: Props) {
  const t = useText(deliveryText);
  const title = useTitle();
  const carrierName = useCarrier();
  const malls = useMalls().map(({ id, name }) => ({ id, name: title(name), parcels: null }));
  const carriers = (counts?.carriers ?? []).map(({ id, parcels }) => ({ id, name: carrierName(id), parcels }));
  const days = DAYS.map((id) => ({ id, name: t.olderDays(id), parcels: null }));
  return (
    <Filters label={t.deliveries}>
      <SearchField label={t.search} value={filter.q ?? ''} onChange={(q) => onChange({ q })} />
      <Choice
        label={t.mall}
        all={t.allMalls}
        value={filter.mall}
        options={malls}
        onChange={(mall) => onChange({ mall })}
      />
      <Choice
        label={t.carrier}
        all={t.allCarriers}
        value={filter.carrier}
        options={carriers}
        onChange={(carrier) => onChange({ carrier })}
      />
      <Choice
        label={t.partner}
        all={t.allPartners}
        value={filter.partner}
        options={counts?.partners ?? []}
        onChange={(partner) => onChange({ partner })}
      />
      <Choice
        label={t.age}
        all={t.anyAge}
        value={filter.days}
        options={days}
        onChange={(next) => onChange({ days: next })}
      />
    </Filters>
  );
}

type ChoiceProps = {
  label: string;
  all: string;
  value: string | undefined;
  options: readonly { id: string; name: string; parcels: number | null }[];
  onChange: (value: string | undefined) => void;
};

function Choice({ label, all, value, options, onChange }: ChoiceProps) {
  // What was chosen stays choosable though nothing is left of it.
  const kept = value && !options.some(({ id }) => id === value) ? [{ id: value, name: value, parcels: 0 }] : [];
  return (
    <SelectField
      bare
      small
      label={label}
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value || undefined)}
    >
      <option value="">{all}</option>
      {[...options, ...kept].map(({ id, name, parcels }) => (
        <option key={id} value={id}>
          {parcels === null ? name : `${name} ${parcels}`}
        </option>
      ))}
    </SelectField>
  );
}
