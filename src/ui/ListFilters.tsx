import { Button } from './Button.tsx';
import { Field, SelectField } from './Field.tsx';
import { SearchField } from './SearchField.tsx';

/** A list whose filter of this name is set. */
export type Filtered<K extends string> = {
  filter: { readonly [N in K]?: string | undefined };
  setFilter: (change: { [N in K]?: string | undefined }) => void;
};
type Props<K extends string> = { list: Filtered<K>; name: K; label: string };

const change = <K extends string>(name: K, value: string | undefined) =>
  ({ [name]: value || undefined }) as { [N in K]?: string | undefined };

/** What is searched for in a list. */
export function SearchFilter<K extends string>({ list, name, label }: Props<K>) {
  return (
    <SearchField label={label} value={list.filter[name] ?? ''} onChange={(q) => list.setFilter(change(name, q))} />
  );
}

type ChoiceProps<K extends string> = Props<K> & {
  /** The choice that narrows nothing; absent where one always holds. */
  all?: string | undefined;
  options: readonly (readonly [value: string, name: string])[];
};

/** One of a few values. */
export function ChoiceFilter<K extends string>({ list, name, label, all, options }: ChoiceProps<K>) {
  return (
    <SelectField
      bare
      small
      label={label}
      value={list.filter[name] ?? ''}
      onChange={(event) => list.setFilter(change(name, event.target.value))}
    >
      {all !== undefined && <option value="">{all}</option>}
      {options.map(([value, title]) => (
        <option key={value} value={value}>
          {title}
        </option>
      ))}
    </SelectField>
  );
}

/** A day from or until which. */
export function DayFilter<K extends string>({ list, name, label }: Props<K>) {
  return (
    <Field
      bare
      type="date"
      label={label}
      value={list.filter[name] ?? ''}
      onChange={(event) => list.setFilter(change(name, event.target.value))}
    />
  );
}

/** A narrowing that came with the address, such as one customer's orders: it can be taken off. */
export function GivenFilter<K extends string>({ list, name, label }: Props<K>) {
  if (!list.filter[name]) return null;
  return (
    <Button small icon="x" onClick={() => list.setFilter(change(name, undefined))}>
      {label}
    </Button>
  );
}
