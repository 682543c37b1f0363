import type { PointerEvent } from 'react';
import { Icon } from './Icon.tsx';
import styles from './Table.module.css';
import type { Column, Sort } from './Table.tsx';

type Props<R> = {
  columns: readonly Column<R>[];
  widths: Readonly<Record<string, number>>;
  template: string;
  sort?: Sort | undefined;
  onSort?: ((sort: Sort) => void) | undefined;
  resize: (column: string, width: number) => void;
};

/** Names of the columns: press to sort, drag an edge to widen. */
export function TableHead<R>({ columns, widths, template, sort, onSort, resize }: Props<R>) {
  function drag(event: PointerEvent<HTMLElement>, column: string) {
    const start = event.clientX - (widths[column] ?? 100);
    const grip = event.currentTarget;
    grip.setPointerCapture(event.pointerId);
    grip.onpointermove = (moved) => resize(column, moved.clientX - start);
    grip.onpointerup = () => {
      grip.onpointermove = null;
    };
  }
  return (
    <div role="row" aria-rowindex={1} className={styles.head} style={{ gridTemplateColumns: template }}>
      {columns.map((column) => {
        const sorted = sort && sort.by === column.sort ? sort : undefined;
        const name = (
          <>
            <span className="el">{column.title}</span>
            {sorted && <Icon name={sorted.down ? 'down' : 'up'} small />}
          </>
        );
        return (
          <div
            key={column.id}
            role="columnheader"
            className={column.end ? styles.end : styles.cell}
            aria-sort={sorted ? (sorted.down ? 'descending' : 'ascending') : undefined}
          >
            {column.sort && onSort ? (
              <button
                type="button"
                onClick={() => onSort({ by: column.sort as string, down: sorted ? !sorted.down : true })}
              >
                {name}
              </button>
            ) : (
              name
            )}
            <i className={styles.grip} onPointerDown={(event) => drag(event, column.id)} />
          </div>
        );
      })}
    </div>
  );
}
