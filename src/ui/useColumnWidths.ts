import { useState } from 'react';
import { remember, remembered } from '#platform/remember.ts';

type Sized = { id: string; width: number; grow?: boolean };

const MIN = 48;
const MAX = 900;
/** How much wider than at first a growing column gets: further, the eye would lose the row. */
const GROWTH = 1.9;

/** Widths of a table's columns, as this person left them. */
export function useColumnWidths(table: string, columns: readonly Sized[]) {
  const place = `widths.${table}`;
  const [own, setOwn] = useState(() => remembered<Record<string, number>>(place, {}));
  const widths = Object.fromEntries(columns.map((column) => [column.id, own[column.id] ?? column.width]));
  const template = columns
    .map((column) =>
      column.grow && own[column.id] === undefined
        ? `minmax(${column.width}px, ${Math.round(column.width * GROWTH)}px)`
        : `${widths[column.id]}px`,
    )
    .join(' ');
  const total = Object.values(widths).reduce((sum, width) => sum + width, 0) + 32;
  function resize(column: string, width: number) {
    const next = { ...own, [column]: Math.round(Math.min(MAX, Math.max(MIN, width))) };
    setOwn(next);
    remember(place, next);
  }
  return { widths, template, total, resize };
}
