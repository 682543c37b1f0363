import { handle } from '#platform/context.ts';
import { type Language, notFound, refuse } from '#platform/operation.ts';
import { orders } from '../contract.ts';
import { PRESETS } from '../rules/import/detect.ts';
import { FILE_REASONS, type FileProblem, reasonText } from '../rules/import/reasons.ts';
import { countsOf, detectionOf, ownImport, problemOf } from './import-store.ts';

const NONE = {
  rows: 0,
  new: 0,
  changed: 0,
  unchanged: 0,
  rejectedRows: 0,
  unknownProducts: 0,
  created: 0,
  updated: 0,
  failedParts: 0,
};

const words = (problem: FileProblem | null, language: Language) =>
  problem && { code: problem.code, text: reasonText(FILE_REASONS[problem.code], problem)[language] };

/** How far an import is, what its file is and what it asks. */
export const getImport = handle(orders.operations.getImport, async (ctx, { import: id }) => {
  const it = await ownImport(ctx, id);
  if (!it) return notFound();
  const detected = detectionOf(it);
  const run = it.job_id
    ? await ctx.db
        .selectFrom('job_run')
        .select(['progress', 'state'])
        .where('job_id', '=', it.job_id)
        .executeTakeFirst()
    : undefined;
  const title = PRESETS.get(detected?.preset ?? '')?.title ?? { ko: '열 연결', en: 'Custom mapping' };
  return {
    ...{ id, name: it.name, state: it.state as 'checked', bytes: it.bytes, container: detected?.container ?? null },
    preset: detected?.preset ? { id: detected.preset, title: title[ctx.language] } : null,
    mall: detected?.mall ?? null,
    headings: detected?.headings ?? [],
    mapping: detected?.mapping ?? {},
    asks: detected?.asks ?? [],
    problem: words(problemOf(it), ctx.language),
    counts: { ...NONE, ...countsOf(it) },
    progress: it.state === 'checking' || it.state === 'importing' ? Number(run?.progress ?? 0) : null,
  };
});

/** The failed rows as an .xlsx, part by part. */
export const readImportFailures = handle(orders.operations.readImportFailures, async (ctx, { import: id, part }) => {
  const it = await ownImport(ctx, id);
  if (!it) return notFound();
  const rows = await ctx.db
    .selectFrom('order_import_part')
    .select(['part', 'bytes'])
    .where('import_id', '=', id)
    .where('kind', '=', 'failed')
    .where('part', 'in', [part, part + 1])
    .orderBy('part')
    .execute();
  const [here, after] = rows;
  if (here?.part !== part) return refuse('no_failures', {});
  const name = `${it.name.replace(/\.[^.]*$/, '')}_등록하지못한행.xlsx`;
  return { name, content: here.bytes.toString('base64'), next: after ? after.part : null };
});
