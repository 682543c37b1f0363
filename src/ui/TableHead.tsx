import { Icon } from './Icon.tsx';
import styles from './Table.module.css';
import type { Sort } from './Table.tsx';
import type { Columns } from './useColumns.ts';

type Props<R extends object> = {
  columns: Columns<R>;
  sort?: Sort | undefined;
  onSort?: ((sort: Sort) => void) | undefined;
};

/** Names of the columns: press to sort, drag an edge to widen. */
export function TableHead<R extends object>({ columns, sort, onSort }: Props<R>) {
  return (
    <div role="row" aria-rowindex={1} className={styles.head} style={{ gridTemplateColumns: columns.template }}>
      {columns.shown.map((column) => {
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
                onClick={() => onSort({ by: column.sort as string, down: sorted ? !sorted.down : false })}
              >
                {name}
              </button>
            ) : (
              name
            )}
            <span
              role="separator"
              aria-orientation="vertical"
              className={styles.grip}
              onMouseDown={columns.drag(column.id)}
              onTouchStart={columns.drag(column.id)}
            />
          </div>
        );
      })}
    </div>
  );
}
