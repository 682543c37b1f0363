import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

/** The address's filter as plain text: `?status=open&q=김`. */
export function parseSearch(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search));
}

/** Empty values leave the address. */
export function stringifySearch(search: Record<string, unknown>): string {
  const given = Object.entries(search).filter(([, value]) => value !== undefined && value !== null && value !== '');
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return text === '' ? '' : `?${text}`;
}

type Given<K extends string> = { [N in K]?: string | undefined };

/**
 * The part of the address that a list is filtered by, so that a link shows the same list. Setting it replaces the
 * address: going back leaves the list, not its last filter.
 */
export function useFilter<K extends string>(names: readonly K[]): [Given<K>, (change: Given<K>) => void] {
  const search = useSearch({ strict: false }) as Record<string, string | undefined>;
  const navigate = useNavigate();
  const given = Object.fromEntries(names.map((name) => [name, search[name] || undefined])) as Given<K>;
  const set = useCallback(
    (change: Given<K>) => {
      const next = (before: Record<string, unknown>) => ({ ...before, ...change });
      void navigate({ to: '.', search: next as never, replace: true });
    },
    [navigate],
  );
  return [given, set];
}
