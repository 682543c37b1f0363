import { sql } from 'kysely';
import { handle } from '#platform/context.ts';
import { intervalOf } from '#platform/period.ts';
import { followups } from '../contract.ts';
import { keptRate } from '../rules/promise.ts';

type Numbers = { kept: number; late: number; broken: number; withdrawn: number };
const NONE: Numbers = { kept: 0, late: 0, broken: 0, withdrawn: 0 };

const add = (a: Numbers, b: Numbers): Numbers => ({
  kept: a.kept + b.kept,
  late: a.late + b.late,
  broken: a.broken + b.broken,
  withdrawn: a.withdrawn + b.withdrawn,
});
const withRate = ({ kept, late, broken, withdrawn }: Numbers) => ({
  ...{ kept, late, broken, withdrawn },
  rate: keptRate({ kept, late, broken }),
});

/** How many of the promises that were due in a period were kept: in all, by centre, by whoever had to keep them. */
export const keptRates = handle(followups.operations.keptRates, async (ctx, input) => {
  const { from, until } = intervalOf(input);
  const many = (state: string) =>
    sql<number>`(count(*) filter (where reply_promise.state = ${state}))::int`.as(state as keyof Numbers);
  const rows = await ctx.scoped
    .selectFrom('reply_promise')
    .select(['reply_promise.centre', 'reply_promise.owner'])
    .select(({ fn }) => fn.max('reply_promise.owner_name').as('owner_name'))
    .select([many('kept'), many('late'), many('broken'), many('withdrawn')])
    .where('reply_promise.settled_at', 'is not', null)
    .$if(from !== null, (q) => q.where('reply_promise.due_at', '>=', from as Date))
    .$if(until !== null, (q) => q.where('reply_promise.due_at', '<', until as Date))
    .$if(input.mall !== undefined, (q) => q.where('reply_promise.mall', '=', input.mall as string))
    .groupBy(['reply_promise.centre', 'reply_promise.owner'])
    .orderBy('reply_promise.centre')
    .execute();
  const centres = Map.groupBy(rows, ({ centre }) => centre);
  return {
    total: withRate(rows.reduce<Numbers>(add, NONE)),
    centres: [...centres].map(([centre, of]) => ({ centre, ...withRate(of.reduce<Numbers>(add, NONE)) })),
    agents: rows
      .map((row) => ({ centre: row.centre, owner: { id: row.owner, name: row.owner_name ?? '' }, ...withRate(row) }))
      .toSorted((a, b) => (a.rate ?? 2) - (b.rate ?? 2) || a.owner.name.localeCompare(b.owner.name, 'ko')),
  };
});
