import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useId, useRef, useState } from 'react';
import { useHotkeys } from '#platform/hotkeys-react.ts';

export type RowsOptions<R> = {
  rows: readonly R[];
  rowKey: (row: R) => string;
  rowHeight: number;
  /** Height of a head that stays above the rows. */
  headHeight?: number;
  /** `page`: letters work wherever the focus is, as long as nobody types. `focus`: only with the focus inside. */
  keys: 'page' | 'focus';
  /** The row that the page shows, marked even when the cursor is elsewhere. */
  current?: string | null | undefined;
  onOpen: (row: R) => void;
  onPeek?: ((row: R) => void) | undefined;
  onActive?: ((row: R) => void) | undefined;
  selected?: ReadonlySet<string> | undefined;
  onSelect?: ((key: string) => void) | undefined;
  /** More rows are there: fetched when the end comes near. */
  onMore?: (() => void) | undefined;
};

/**
 * Rows of a list or table: only those in sight are drawn; J/K or arrows move, Enter opens, Space peeks, X selects.
 * The cursor is kept by key, so that rows that come in above do not move it to another row.
 */
export function useRows<R>(options: RowsOptions<R>) {
  const { rows, rowKey, rowHeight, headHeight = 0, current } = options;
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const [activeKey, setActiveKey] = useState<string | null>(current ?? null);
  const [focused, setFocused] = useState(false);
  const index = rows.findIndex((row) => rowKey(row) === activeKey);

  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    paddingStart: headHeight,
    scrollPaddingStart: headHeight,
    initialRect: { width: 800, height: 800 },
  });
  const drawn = virtual.getVirtualItems();

  useEffect(() => {
    if (current) setActiveKey(current);
  }, [current]);

  const lastDrawn = drawn.at(-1)?.index ?? 0;
  const { onMore } = options;
  useEffect(() => {
    if (onMore && rows.length > 0 && lastDrawn >= rows.length - 15) onMore();
  }, [onMore, lastDrawn, rows.length]);

  const move = useCallback(
    (to: number) => {
      const next = Math.max(0, Math.min(rows.length - 1, to));
      const row = rows[next];
      if (!row) return;
      setActiveKey(rowKey(row));
      virtual.scrollToIndex(next);
      options.onActive?.(row);
    },
    [rows, rowKey, virtual, options.onActive],
  );
  useRowKeys(options, { index, move, active: options.keys === 'page' || focused });

  const boxProps = {
    ref: box,
    tabIndex: 0,
    'aria-activedescendant': index >= 0 && drawn.some((item) => item.index === index) ? `${id}-${index}` : undefined,
    onFocus: () => setFocused(true),
    onBlur: () => setFocused(false),
  };
  return { id, box, boxProps, virtual, drawn, index, activeKey, setActiveKey };
}

type Cursor = { index: number; move: (to: number) => void; active: boolean };

const next = { ko: '다음 줄', en: 'Next row' };
const before = { ko: '이전 줄', en: 'Row before' };

function useRowKeys<R>(options: RowsOptions<R>, { index, move, active }: Cursor) {
  const { rows, rowKey, keys, onOpen, onPeek, onSelect } = options;
  const row = rows[index];
  const layer = keys === 'page' ? ('page' as const) : ('panel' as const);
  const some = () => rows.length > 0;
  const on = () => row !== undefined;
  const step = (by: number) => () => move(index < 0 ? 0 : index + by);
  useHotkeys(
    [
      { keys: 'J', title: next, layer, run: step(1), when: some },
      { keys: 'K', title: before, layer, run: step(-1), when: some },
      { keys: 'Down', title: next, layer, run: step(1), when: some, hidden: true },
      { keys: 'Up', title: before, layer, run: step(-1), when: some, hidden: true },
      { keys: 'Home', title: { ko: '처음', en: 'First row' }, layer, run: () => move(0), when: some, hidden: true },
      {
        keys: 'End',
        title: { ko: '끝', en: 'Last row' },
        layer,
        run: () => move(rows.length - 1),
        when: some,
        hidden: true,
      },
      { keys: 'Enter', title: { ko: '열기', en: 'Open' }, layer, run: () => row && onOpen(row), when: on },
      ...(onPeek
        ? [{ keys: 'Space', title: { ko: '미리보기', en: 'Peek' }, layer, run: () => row && onPeek(row), when: on }]
        : []),
      ...(onSelect
        ? [{ keys: 'X', title: { ko: '선택', en: 'Select' }, layer, run: () => row && onSelect(rowKey(row)), when: on }]
        : []),
    ],
    active,
  );
}
