import { useTitle } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { type OutputOf, useOperation } from '#platform/web.ts';
import { ChoiceFilter, type Filtered, MallTag } from '#ui/index.tsx';

type Mall = OutputOf<'malls.list'>['items'][number];
const HOUR_MS = 3_600_000;

/** The malls that this person sees; they hardly ever change. */
export function useMalls(): readonly Mall[] {
  const can = useCan();
  return useOperation('malls.list', {}, { staleMs: HOUR_MS, enabled: can('malls.list') }).data?.items ?? [];
}

/** The mall in two letters, its name on hover. */
export function MallTagOf({ mall }: { mall: string }) {
  const title = useTitle();
  const known = useMalls().find(({ id }) => id === mall);
  return <MallTag short={known?.short ?? mall.slice(0, 4)} name={known ? title(known.name) : mall} />;
}

/** A mall's full name. */
export function useMallName(): (mall: string) => string {
  const title = useTitle();
  const malls = useMalls();
  return (mall) => {
    const known = malls.find(({ id }) => id === mall);
    return known ? title(known.name) : mall;
  };
}

type FilterProps = { label: string; all: string } & (
  | { list: Filtered<'mall'> }
  | { value: string | undefined; onChange: (mall: string | undefined) => void }
);

/** Choice of one mall, or all. */
export function MallFilter({ label, all, ...of }: FilterProps) {
  const title = useTitle();
  const options = useMalls().map((mall) => [mall.id, title(mall.name)] as const);
  const list =
    'list' in of
      ? of.list
      : { filter: { mall: of.value }, setFilter: ({ mall }: { mall?: string }) => of.onChange(mall) };
  return <ChoiceFilter list={list as Filtered<'mall'>} name="mall" label={label} all={all} options={options} />;
}
