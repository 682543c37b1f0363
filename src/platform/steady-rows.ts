import { useRef, useState } from 'react';

/**
 * Rows that do not move under the cursor: what is shown keeps its place and is renewed in it; rows that came in
 * meanwhile wait, counted, until they are asked for. Another `list` (a filter, a view) starts anew.
 */
export function useSteadyRows<R extends { id: string }>(list: string, rows: readonly R[], ready: boolean) {
  const shown = useRef<{ list: string; rows: readonly R[] }>({ list, rows: [] });
  const [, setTurn] = useState(0);
  const begun = shown.current.list === list && shown.current.rows.length > 0;
  if (ready) {
    const steady = begun ? keepPlaces(shown.current.rows, rows) : rows;
    shown.current = { list, rows: steady };
  } else if (shown.current.list !== list) shown.current = { list, rows: [] };

  const places = new Set(shown.current.rows.map((row) => row.id));
  const waiting = rows.filter((row) => !places.has(row.id)).length;
  return {
    rows: shown.current.rows,
    waiting,
    show: () => {
      shown.current = { list, rows };
      setTurn((turn) => turn + 1);
    },
  };
}

/** Shown rows in their places, renewed; rows beyond the last shown one are a further page and follow. */
export function keepPlaces<R extends { id: string }>(shown: readonly R[], rows: readonly R[]): R[] {
  const fresh = new Map(rows.map((row) => [row.id, row]));
  const places = new Set(shown.map((row) => row.id));
  const lastKnown = rows.findLastIndex((row) => places.has(row.id));
  const further = lastKnown < 0 ? [] : rows.slice(lastKnown + 1);
  return [...shown.map((row) => fresh.get(row.id) ?? row), ...further];
}
