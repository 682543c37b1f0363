import { type MouseEvent, memo } from 'react';
import styles from './Table.module.css';
import type { Column } from './Table.tsx';

type Props<R> = {
  row: R;
  id: string;
  index: number;
  columns: readonly Column<R>[];
  template: string;
  height: number;
  top: number;
  active: boolean;
  picked: boolean;
  current: boolean;
  /** The same function at each drawing: rows that stay in sight are not drawn anew while the list scrolls. */
  onPress: (event: MouseEvent, row: R) => void;
};

function Row<R>({ row, id, index, columns, template, height, top, active, picked, current, onPress }: Props<R>) {
  return (
    <div
      id={id}
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2}
      aria-selected={picked}
      aria-current={current || undefined}
      data-active={active || undefined}
      className={styles.row}
      style={{ gridTemplateColumns: template, height, top }}
      onClick={(event) => onPress(event, row)}
    >
      {columns.map((column) => (
        <div key={column.id} role="gridcell" className={column.end ? styles.end : styles.cell}>
          {column.cell(row)}
        </div>
      ))}
    </div>
  );
}

/** One row of a table. */
export const TableRow = memo(Row) as typeof Row;
