import { readdirSync, readFileSync } from 'node:fs';
import type { Database } from '#platform/db.ts';

/** Tables that an import writes, with what it files of people and goods that nobody knew. */
const TABLES = [
  ...['sales_order', 'order_event', 'shipping_group', 'order_line', 'order_benefit', 'order_tender', 'parcel'],
  ...['customer', 'product', 'partner', 'order_file_row'],
];

/** Wall and core time, in seconds. */
export type Spent = { seconds: number; core: number };

/** A bare COPY of the very rows that an import wrote, into tables with the same columns, checks and indexes. */
export async function bareCopy(database: Database): Promise<Spent> {
  const core = await postgresCore(database);
  const spent = { seconds: 0, core: 0 };
  for (const table of TABLES) {
    const file = `/tmp/haedap-bench-${process.pid}-${table}`;
    await database.pool.query(`copy ${table} to program 'cat > ${file}'`);
    await database.pool.query(`create table bare_${table} (like ${table} including all)`);
    const from = performance.now();
    const before = core();
    await database.pool.query(`copy bare_${table} from '${file}'`);
    spent.seconds += (performance.now() - from) / 1_000;
    spent.core += core() - before;
    await database.pool.query(`copy (select 1) to program 'rm -f ${file}'`);
  }
  return spent;
}

/** Reads core seconds that a PostgreSQL of this machine has used so far, with all of its processes. */
export async function postgresCore(database: Database): Promise<() => number> {
  const { rows } = await database.pool.query<{ pid: number }>('select pg_backend_pid() as pid');
  const main = parentOf(rows[0]?.pid ?? 0);
  return () => {
    let ticks = 0;
    for (const name of readdirSync('/proc')) {
      if (!/^\d+$/.test(name)) continue;
      const stat = statOf(Number(name));
      if (Number(name) === main) ticks += stat.own + stat.ended;
      else if (stat.parent === main) ticks += stat.own;
    }
    return ticks / 100;
  };
}

/** Core seconds of one process. */
export const coreOf = (pid: number): number => statOf(pid).own / 100;

const parentOf = (pid: number): number => statOf(pid).parent;

/** `own`: ticks of the process; `ended`: of its children that are gone. */
function statOf(pid: number): { parent: number; own: number; ended: number } {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    const [own = 0, system = 0, ended = 0, endedSystem = 0] = fields.slice(11, 15).map(Number);
    return { parent: Number(fields[1]), own: own + system, ended: ended + endedSystem };
  } catch {
    return { parent: 0, own: 0, ended: 0 };
  }
}
