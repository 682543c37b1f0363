import { useText, useTitle } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { useOperation } from '#platform/web.ts';
import { SelectField } from '#ui/index.tsx';
import styles from './Accounts.module.css';
import { text } from './text.ts';

type Scope = readonly string[] | null;
type Props = { value: Scope; onChange: (value: string[] | null) => void };
type Choice = { id: string; name: string };
const HOUR_MS = 3_600_000;

/** Everywhere, or only in the ticked ones. */
function ScopeField({
  label,
  all,
  choices,
  value,
  onChange,
}: Props & { label: string; all: string; choices: readonly Choice[] }) {
  const ticked = new Set(value ?? []);
  const toggle = (id: string) => {
    const next = ticked.has(id) ? [...ticked].filter((one) => one !== id) : [...ticked, id];
    onChange(next.length > 0 ? next : null);
  };
  return (
    <fieldset className={styles.scope}>
      <legend>{label}</legend>
      <button type="button" aria-pressed={value === null} onClick={() => onChange(null)}>
        {all}
      </button>
      {choices.map(({ id, name }) => (
        <button key={id} type="button" aria-pressed={ticked.has(id)} onClick={() => toggle(id)}>
          {name}
        </button>
      ))}
    </fieldset>
  );
}

export function MallScope(props: Props) {
  const t = useText(text);
  const title = useTitle();
  const malls = useOperation('malls.list', {}, { staleMs: HOUR_MS });
  const choices = (malls.data?.items ?? []).map(({ id, name }) => ({ id, name: title(name) }));
  return <ScopeField {...props} label={t.mallScope} all={t.allMalls} choices={choices} />;
}

export function CentreScope(props: Props) {
  const t = useText(text);
  const title = useTitle();
  const centres = useOperation('accounts.listCentres', {}, { staleMs: HOUR_MS });
  const choices = (centres.data?.items ?? []).map(({ id, name }) => ({ id, name: title(name) }));
  return <ScopeField {...props} label={t.centreScope} all={t.allCentres} choices={choices} />;
}

/** The partner whose people this role is for; only the role 'partner' has one. */
export function PartnerScope({ value, onChange, needed }: Props & { needed: boolean }) {
  const t = useText(text);
  const can = useCan();
  const partners = useOperation(
    'catalogue.listPartners',
    { limit: 200 },
    { staleMs: HOUR_MS, enabled: needed && can('catalogue.listPartners') },
  );
  if (!needed) return null;
  return (
    <SelectField
      label={t.partnerScope}
      value={value?.[0] ?? ''}
      error={value ? undefined : t.choosePartner}
      onChange={(event) => onChange(event.target.value ? [event.target.value] : null)}
    >
      <option value="">{t.choosePartner}</option>
      {partners.data?.items.map((partner) => (
        <option key={partner.id} value={partner.id}>
          {partner.name}
        </option>
      ))}
    </SelectField>
  );
}
