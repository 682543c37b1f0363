import { sql } from 'kysely';
import { handle } from '#platform/context.ts';
import { notFound } from '#platform/operation.ts';
import { orders } from '../contract.ts';
import { ownImport, setImport } from './import-store.ts';

/** Stops the check or the import of the caller's file. Orders that are in already stay, whole; the rest can follow. */
export const cancelImport = handle(orders.operations.cancelImport, async (ctx, { import: id }) => {
  const it = await ownImport(ctx, id);
  if (!it) return notFound();
  if (it.state !== 'checking' && it.state !== 'importing') return { asked: false };
  const { rows } = await sql<{ state: string }>`
    update job_run set cancel_requested_at = now(), cancel_requested_by = ${ctx.actor.id}
    where job_id = ${it.job_id} returning state`.execute(ctx.db);
  // One that runs sees it at its next step and says itself where it stands.
  if (rows[0]?.state === 'waiting') await setImport(ctx.db, id, it.state === 'checking' ? 'uploading' : 'checked');
  ctx.record('orders.import_cancelled', id, { before: { state: it.state }, scope: { person: ctx.actor.id } });
  return { asked: true };
});
