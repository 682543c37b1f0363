import {
  columnOrderingFeature,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  type RowData,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useMemo, useRef, useState } from 'react';
import { usePreference } from '#platform/preferences.ts';
import { asListPreference, type Density, keepOfList, MAX_WIDTH, MIN_WIDTH } from './list-preference.ts';
import type { Column } from './Table.tsx';

const features = tableFeatures({
  columnVisibilityFeature,
  columnOrderingFeature,
  columnSizingFeature,
  columnResizingFeature,
});
/** How much wider than at first a growing column gets: further, the eye would lose the row. */
const GROWTH = 1.9;
const WIDTHS_MS = 300;

/** Columns of a table as this person keeps them: which are shown, in which order, how wide. */
export function useColumns<R extends RowData>(id: string, all: readonly Column<R>[], rows: readonly R[]) {
  const raw = usePreference(`list.${id}`);
  const kept = useMemo(() => asListPreference(raw), [raw]);
  const [dragged, setDragged] = useState<Readonly<Record<string, number>> | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const sizing = useMemo(() => ({ ...kept.widths, ...dragged }), [kept, dragged]);
  const visibility = useMemo(() => Object.fromEntries((kept.hidden ?? []).map((column) => [column, false])), [kept]);
  const order = useMemo(() => [...(kept.order ?? [])], [kept]);
  const defs = useMemo(
    () =>
      all.map((column) => ({
        id: column.id,
        size: column.width,
        minSize: MIN_WIDTH,
        maxSize: MAX_WIDTH,
        meta: { column },
      })),
    [all],
  );
  function setWidths(widths: Readonly<Record<string, number>>) {
    setDragged(widths);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      keepOfList(id, { widths });
      setDragged(null);
    }, WIDTHS_MS);
  }
  const table = useTable({
    features,
    columns: defs,
    data: rows,
    columnResizeMode: 'onChange',
    state: {
      columnVisibility: visibility,
      columnOrder: order,
      columnSizing: sizing,
    },
    onColumnSizingChange: (next) => setWidths(typeof next === 'function' ? next(sizing) : next),
  });
  const leaves = table.getAllLeafColumns();
  const byId = new Map(all.map((column) => [column.id, column]));
  const inOrder = leaves.map((leaf) => byId.get(leaf.id)).filter((column) => column !== undefined);
  const shown = inOrder.filter((column) => !(kept.hidden ?? []).includes(column.id));
  const width = (column: Column<R>) => table.getColumn(column.id)?.getSize() ?? column.width;
  const track = (column: Column<R>) =>
    column.grow && sizing[column.id] === undefined
      ? `minmax(${column.width}px, ${Math.round(column.width * GROWTH)}px)`
      : `${width(column)}px`;
  return {
    inOrder,
    shown: shown.length > 0 ? shown : inOrder.slice(0, 1),
    width,
    template: shown.map(track).join(' '),
    total: shown.reduce((sum, column) => sum + width(column), 0) + 64,
    density: (kept.density ?? 'normal') as Density,
    changed: Boolean(kept.hidden ?? kept.order ?? kept.widths ?? kept.density),
    /** Takes a drag of a column's edge. */
    drag: (column: string) => {
      const headers = table.getHeaderGroups().flatMap((group) => group.headers);
      return headers.find((header) => header.column.id === column)?.getResizeHandler();
    },
    resize: (column: string, to: number) =>
      setWidths({ ...sizing, [column]: Math.round(Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, to))) }),
    show: (column: string, visible: boolean) => {
      const hidden = (kept.hidden ?? []).filter((one) => one !== column);
      keepOfList(id, { hidden: visible ? hidden : [...hidden, column] });
    },
    move: (column: string, by: number) => {
      const next = inOrder.map((one) => one.id);
      const from = next.indexOf(column);
      const to = Math.max(0, Math.min(next.length - 1, from + by));
      next.splice(to, 0, ...next.splice(from, 1));
      keepOfList(id, { order: next });
    },
    setDensity: (density: Density) => keepOfList(id, { density: density === 'normal' ? undefined : density }),
    reset: () => keepOfList(id, { hidden: undefined, order: undefined, widths: undefined, density: undefined }),
  };
}

export type Columns<R extends RowData> = ReturnType<typeof useColumns<R>>;
