import type { Kysely } from 'kysely';
import type { Open } from '#platform/scope.ts';
import type { Row } from '../rules/import/cell.ts';
import { type Detected, detect, missingColumns, PRESETS } from '../rules/import/detect.ts';
import { customPreset, type Mapping, proposeMapping } from '../rules/import/mapping.ts';
import { type Plan, planOf } from '../rules/import/plan.ts';
import type { Preset } from '../rules/import/preset.ts';
import type { FileProblem } from '../rules/import/reasons.ts';
import { keyOfHeadings } from './check-import.ts';
import type { Choices, Detection } from './import-store.ts';

/** Sheets that malls put orders on, tried before the first sheet. */
export const SHEETS = [...PRESETS.values()].flatMap((preset) => preset.sheets ?? []);

export type Planned = { detection: Detection } & ({ plan: Plan } | { problem: FileProblem | null });

/** How a file is read: by the person's choice, by its headings, by what the company chose for them before. */
export async function planFor(
  db: Kysely<Open>,
  top: readonly Row[],
  table: { container: string; date1904: boolean },
  choices: Choices,
): Promise<Planned> {
  const found = detect(top);
  const headings = [...(found.header?.headings ?? [])];
  const remembered = found.preset || choices.mapping ? null : await mappingFor(db, headings);
  const mapping = choices.mapping ?? remembered?.mapping;
  const preset = mapping ? customPreset(mapping) : chosen(found, choices);
  const mall = choices.mall ?? preset?.mall ?? remembered?.mall ?? null;
  const detection: Detection = {
    container: table.container,
    preset: preset?.id ?? null,
    mall,
    headings,
    headerRow: found.header?.row ?? 1,
    mapping: mapping ?? proposeMapping(headings),
    asks: [],
  };
  if (!preset || !found.header)
    return { detection: { ...detection, asks: ['mapping', 'mall'] }, problem: found.problem };
  const missing = missingColumns(preset, found.header);
  if (missing) return { detection: { ...detection, asks: ['mapping', 'mall'] }, problem: missing };
  const plan = planOf(preset, found.header, { date1904: table.date1904, mall, state: choices.state ?? null });
  if (preset.asksState) detection.asks.push('state');
  if (mall !== null || plan.columns.mallWord) return { detection, plan };
  return { detection: { ...detection, asks: ['mall'] }, problem: null };
}

function chosen(found: Detected, { preset }: Choices): Preset | null {
  return (preset ? PRESETS.get(preset) : found.preset) ?? null;
}

async function mappingFor(db: Kysely<Open>, headings: readonly string[]) {
  const row = await db
    .selectFrom('order_import_mapping')
    .select(['mapping', 'mall'])
    .where('headings', '=', keyOfHeadings(headings))
    .executeTakeFirst();
  return row ? { mapping: row.mapping as Mapping, mall: row.mall } : null;
}
