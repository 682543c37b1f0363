import { useEffect, useRef } from 'react';
import { usePreference } from '#platform/preferences.ts';
import { useFilter } from '#platform/search-params.ts';
import { type InputOf, type ItemOf, type OperationName, useInfinite } from '#platform/web.ts';
import { asListPreference, keepOfList } from './list-preference.ts';

/** Chosen values of a list's filters, as the address holds them. */
export type Filter<K extends string> = { [N in K]?: string | undefined };
/** An operation that answers a list, and what it is asked. */
export type Asked<N extends OperationName> = { [O in N]: { operation: O; input: object } }[N];

type Options<N extends OperationName, K extends string> = {
  /** Names the list: columns, widths, density and filter are kept with the person under this name. */
  id: string;
  /** Names of the filters in the address. */
  filters: readonly K[];
  /** Those that come back when the list is opened without any: choices, never a search or a person. */
  keeps?: readonly NoInfer<K>[];
  ask: (filter: Filter<K>) => Asked<N>;
};

/**
 * A list as the address filters and sorts it, page after page, the same for each list screen. Opened without any
 * filter it is the list that this person last left.
 */
export function useList<N extends OperationName, const K extends string>({ id, filters, keeps, ask }: Options<N, K>) {
  const [address, setAddress] = useFilter<K | 'sort'>([...filters, 'sort']);
  const kept = asListPreference(usePreference(`list.${id}`)).filter ?? {};
  const begun = useRef(false);
  const isBare = [...filters, 'sort' as const].every((name) => address[name as K] === undefined);
  const restoring = !begun.current && isBare && Object.keys(kept).length > 0;
  const filter = (restoring ? kept : address) as Filter<K> & { sort?: string };

  useEffect(() => {
    begun.current = true;
    if (restoring) setAddress(kept as Filter<K | 'sort'>);
  });

  const memory: readonly string[] = [...(keeps ?? []), 'sort'];
  function setFilter(change: Filter<K | 'sort'>) {
    if (Object.keys(change).some((name) => memory.includes(name))) {
      const next = Object.entries({ ...filter, ...change }).filter(([name, value]) => memory.includes(name) && value);
      keepOfList(id, { filter: next.length > 0 ? Object.fromEntries(next) : undefined });
    }
    setAddress(change);
  }

  const { operation, input } = ask(filter);
  const list = useInfinite(operation as N, input as InputOf<N>, { keep: true });
  const chosen = filters.filter((name) => filter[name] !== undefined);
  return {
    id,
    list,
    rows: list.items as ItemOf<N>[],
    filter: filter as Filter<K> & { sort?: string | undefined },
    setFilter,
    /** Names of the filters that narrow the list now. */
    chosen: chosen as readonly K[],
    clear: () => setFilter(Object.fromEntries(chosen.map((name) => [name, undefined])) as Filter<K | 'sort'>),
    more: list.hasNextPage && !list.isFetchingNextPage ? () => void list.fetchNextPage() : undefined,
  };
}

/** What filters and the list's frame need of a list. */
export type ListState<R> = {
  id: string;
  rows: R[];
  list: {
    error: Error | null;
    isPending: boolean;
    isSuccess: boolean;
    isPlaceholderData: boolean;
    isFetchingNextPage: boolean;
    refetch: () => unknown;
  };
  filter: Readonly<Record<string, string | undefined>>;
  // Each list takes its own names only; a filter that is handed the list names one of them.
  setFilter: (change: never) => void;
  chosen: readonly string[];
  clear: () => void;
  more: (() => void) | undefined;
};
