import type { CommandContext, EventScope } from '#platform/context.ts';
import type { Asked, ChangeAnswer, ChangeState } from '../rules/change-state.ts';
import type { Judged, Told, Wish } from '../rules/change-wish.ts';

/** A change within the caller's scope, locked until the command ends. Lock its order first. */
export function lockChange(ctx: CommandContext, id: string) {
  return ctx.scoped
    .selectFrom('order_change')
    .selectAll('order_change')
    .where('order_change.id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}
export type ChangeRow = NonNullable<Awaited<ReturnType<typeof lockChange>>>;

/** The order of a change within the caller's scope; it is locked before the change, as `orders.change` does. */
export async function orderOfChange(ctx: CommandContext, id: string): Promise<string | null> {
  const row = await ctx.scoped
    .selectFrom('order_change')
    .select('order_change.order_id')
    .where('order_change.id', '=', id)
    .executeTakeFirst();
  return row?.order_id ?? null;
}

const isPersonal = (kind: string): boolean => kind === 'RECIPIENT' || kind === 'NOTE';

/** What differs, as columns: of a recipient apart, so that it can be erased. */
export function toldApart(kind: Wish['kind'], { before, after }: Pick<Judged, 'before' | 'after'>) {
  const json = (value: object) => JSON.stringify(value);
  return isPersonal(kind)
    ? { before: '{}', after: '{}', personal: json({ before, after }) }
    : { before: json(before), after: json(after), personal: null };
}

/** What differs, from the columns; nothing of a recipient once it is erased. */
export function toldIn(row: Pick<ChangeRow, 'before' | 'after' | 'personal'>): { before: Told; after: Told } {
  return (row.personal ?? { before: row.before, after: row.after }) as { before: Told; after: Told };
}

/** How a change stands, for the rule. */
export const standing = (row: Pick<ChangeRow, 'state' | 'needs' | 'answers'>): Asked => ({
  state: row.state as ChangeState,
  needs: row.needs,
  answers: row.answers as Record<string, ChangeAnswer>,
});

/** Which screens hear of a change: those of the mall, and each partner that is asked. */
export const scopesOf = (mall: string, partners: readonly string[]): EventScope[] =>
  partners.length === 0 ? [{ mall }] : partners.map((partner) => ({ mall, partner }));
