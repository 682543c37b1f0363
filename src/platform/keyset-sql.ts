import { type Expression, type SqlBool, sql } from 'kysely';

/** Rows that come after the cursor in a descending order: `(updated_at, id) < (…, …)`. */
export const before = (columns: readonly string[], values: readonly (string | number)[]) =>
  compare(columns, '<', values);
/** Rows that come after the cursor in an ascending order. */
export const after = (columns: readonly string[], values: readonly (string | number)[]) =>
  compare(columns, '>', values);

function compare(columns: readonly string[], operator: '<' | '>', values: readonly (string | number)[]) {
  const left = sql.join(columns.map((column) => sql.ref(column)));
  const right = sql.join(values.map((value) => sql.val(value)));
  return sql<SqlBool>`(${left}) ${sql.raw(operator)} (${right})` as Expression<SqlBool>;
}
