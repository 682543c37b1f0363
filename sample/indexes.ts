import type pg from 'pg';

/**
 * Takes the text indexes and foreign keys off empty tables, and gives what puts them back: that is far faster than
 * keeping them up row by row. The B-trees stay: PostgreSQL waits for the generator anyway and fills them meanwhile.
 */
export async function withoutIndexes(
  client: pg.PoolClient,
  tables: readonly string[],
): Promise<(onEach: (done: number) => void) => Promise<void>> {
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
     from pg_index i
     where i.indrelid = any($1::regclass[])
       and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid)`,
    [tables],
  );
  const { rows: keys } = await client.query<{ name: string; table: string; definition: string }>(
    `select quote_ident(conname) as name, conrelid::regclass::text as table, pg_get_constraintdef(oid) as definition
     from pg_constraint where contype = 'f' and conrelid = any($1::regclass[])`,
    [tables],
  );
  for (const key of keys) await client.query(`alter table ${key.table} drop constraint ${key.name}`);
  for (const index of indexes) await client.query(`drop index ${index.name}`);
  return async (onEach) => {
    await client.query(`set local maintenance_work_mem = '256MB'`);
    // A rough picture is enough to begin with; autovacuum looks closer once rows change.
    await client.query('set local default_statistics_target = 30');
    const steps = [
      ...indexes.map((index) => index.definition),
      ...keys.map((key) => `alter table ${key.table} add constraint ${key.name} ${key.definition}`),
      `analyze ${tables.join(', ')}`,
    ];
    for (const [i, step] of steps.entries()) {
      await client.query(step);
      onEach((i + 1) / steps.length);
    }
  };
}
