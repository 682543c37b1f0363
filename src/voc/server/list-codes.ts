import { handle } from '#platform/context.ts';
import { voc } from '../contract.ts';

/** The whole tree, in its order: a few hundred rows. */
export const listCodes = handle(voc.operations.codes, async (ctx, { at }) => {
  let rows = ctx.db.selectFrom('voc_code').selectAll().orderBy('sort_no').orderBy('code');
  if (at) {
    const then = new Date(at);
    rows = rows
      .where('created_at', '<=', then)
      .where((eb) => eb.or([eb('retired_at', 'is', null), eb('retired_at', '>', then)]));
  }
  const items = (await rows.execute()).map((row) => ({
    code: row.code,
    parent: row.parent,
    level: row.level,
    name: { ko: row.name_ko, en: row.name_en },
    department: row.department,
    attribute: row.attribute,
    simple: row.simple,
    priority: row.priority,
    definition: row.definition,
    retiredAt: row.retired_at,
  }));
  return { items };
});
