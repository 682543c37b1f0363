import { useState } from 'react';
import { remember, remembered } from '#platform/remember.ts';

type Sized = { id: string; width: number; grow?: boolean };

const MIN = 48;
const MAX = 900;

/** Widths of a table's columns, as this person left them. */
export function useColumnWidths(table: string, columns: readonly Sized[]) {
  const place = `widths.${table}`;
  const [own, setOwn] = useState(() => remembered<Record<string, number>>(place, {}));
  const widths = Object.fromEntries(columns.map((column) => [column.id, own[column.id] ?? column.width]));
  const template = columns
    .map((column) =>
      column.grow && own[column.id] === undefined ? `minmax(${column.width}px, 1fr)` : `${widths[column.id]}px`,
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
