import { type ClipboardEvent, type MouseEvent, type ReactNode, useCallback, useRef, useState } from 'react';
import { useText, words } from '#platform/language.tsx';
import styles from './Table.module.css';
import { TableHead } from './TableHead.tsx';
import { TableRow } from './TableRow.tsx';
import { TableSettings } from './TableSettings.tsx';
import { type Columns, useColumns } from './useColumns.ts';
import { type RowsOptions, useRows } from './useRows.ts';

export type Column<R> = {
  id: string;
  title: string;
  /** Width at first, in px; the person can drag it. */
  width: number;
  /** Takes the space that is left. */
  grow?: boolean;
  end?: boolean;
  /** The field that the list's operation sorts by. */
  sort?: string;
  cell: (row: R) => ReactNode;
  /** What is copied: plain text, masked as it is shown. */
  text: (row: R) => string;
};

export type Sort = { by: string; down: boolean };

type Props<R> = Omit<RowsOptions<R>, 'rowHeight' | 'headHeight'> & {
  /** Names the table: how its columns stand is kept with the person under this name. */
  id: string;
  label: string;
  columns: readonly Column<R>[];
  sort?: Sort | undefined;
  onSort?: ((sort: Sort) => void) | undefined;
  /** The rows are still those of the filter before. */
  old?: boolean;
  /** Shown below the rows: loading more, or where the list ends. */
  foot?: ReactNode;
};

const HEAD = 30;
const ROW = { normal: 32, dense: 26 };
const text = words({
  ko: { selected: (n: string) => `${n}줄 선택` },
  en: { selected: (n: string) => `${n} rows selected` },
});

/** Rows as tab-separated values, as Excel pastes them. */
export function toTsv<R>(columns: readonly Pick<Column<R>, 'title' | 'text'>[], rows: readonly R[]): string {
  const clean = (value: string) => value.replace(/[\t\r\n]+/g, ' ');
  const lines = rows.map((row) => columns.map((column) => clean(column.text(row))).join('\t'));
  return [columns.map((column) => column.title).join('\t'), ...lines].join('\n');
}

/** A list with columns: virtual, sortable, its columns as the person keeps them, copied as TSV for Excel. */
export function Table<R extends object>({ columns: all, ...props }: Props<R>) {
  const columns = useColumns(props.id, all, props.rows);
  return (
    <div className={styles.frame} data-density={columns.density}>
      <Grid {...props} columns={columns} />
      <TableSettings label={props.label} columns={columns} />
    </div>
  );
}

type GridProps<R extends object> = Omit<Props<R>, 'columns'> & { columns: Columns<R> };

/** What scrolls: drawn anew at each step, so the columns are made ready outside of it. */
function Grid<R extends object>({ label, columns, sort, onSort, old, foot, ...options }: GridProps<R>) {
  const t = useText(text);
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const { shown, template, total } = columns;
  const rowHeight = ROW[columns.density];
  const pick = (key: string) =>
    setPicked((now) => (now.has(key) ? new Set([...now].filter((one) => one !== key)) : new Set([...now, key])));
  const list = useRows({ ...options, rowHeight, headHeight: HEAD, onSelect: pick });
  const chosen = picked.size === 0 ? [] : options.rows.filter((row) => picked.has(options.rowKey(row)));

  function copy(event: ClipboardEvent) {
    if (!document.getSelection()?.isCollapsed) return;
    const active = options.rows[list.index];
    const rows = chosen.length > 0 ? chosen : active ? [active] : [];
    if (rows.length === 0) return;
    event.preventDefault();
    event.clipboardData.setData('text/plain', toTsv(shown, rows));
  }

  const latest = useRef<(event: MouseEvent, row: R) => void>(undefined);
  latest.current = (event, row) => {
    list.setActiveKey(options.rowKey(row));
    if (event.ctrlKey || event.metaKey) pick(options.rowKey(row));
    else options.onOpen(row);
  };
  const press = useCallback((event: MouseEvent, row: R) => latest.current?.(event, row), []);

  return (
    <>
      <div
        {...list.boxProps}
        className={`${styles.scroll} ${old ? styles.old : ''}`}
        role="grid"
        aria-busy={old || undefined}
        aria-label={label}
        aria-rowcount={options.rows.length + 1}
        aria-multiselectable="true"
        onCopy={copy}
      >
        <div role="rowgroup" className={styles.sticky} style={{ minWidth: total }}>
          <TableHead {...{ columns, sort, onSort }} />
        </div>
        <div
          role="rowgroup"
          style={{ height: list.virtual.getTotalSize() - HEAD, minWidth: total, position: 'relative' }}
        >
          {list.drawn.map((item) => {
            const row = options.rows[item.index] as R;
            const key = options.rowKey(row);
            return (
              <TableRow
                key={key}
                id={`${list.id}-${item.index}`}
                row={row}
                index={item.index}
                columns={shown}
                template={template}
                height={rowHeight}
                top={item.start - HEAD}
                active={key === list.activeKey}
                picked={picked.has(key)}
                current={key === options.current}
                onPress={press}
              />
            );
          })}
        </div>
        {foot}
      </div>
      {chosen.length > 0 && (
        <p className={styles.chosen} role="status">
          {t.selected(String(chosen.length))}
        </p>
      )}
    </>
  );
}
