import type { Header } from './detect.ts';
import { type Field, headingsOf, type Place, type Preset, plainHeading } from './preset.ts';

/** Columns of a field: for each part (of a sum, of joined texts) those that may hold it, the surest first. */
type Columns = { kind: 'first' | 'sum' | 'join'; parts: number[][] };

/** A preset laid over the columns of one file: what reading a row needs. */
export type Plan = {
  preset: Preset;
  header: Header;
  columns: Partial<Record<Field, Columns>>;
  /** Columns that any field reads. */
  used: readonly number[];
  /** Columns that have a heading and that no field reads. */
  rest: readonly number[];
  date1904: boolean;
  /** Mall of rows that name none. */
  mall: string | null;
  /** The tab of the mall's screen that the file was taken from, when it names no state itself. */
  state: string | null;
};

export type Choices = { date1904?: boolean; mall?: string | null; state?: string | null };

/** Lays a preset over the headings of a file. A heading that stands twice counts twice: the first filled cell wins. */
export function planOf(preset: Preset, header: Header, choices: Choices = {}): Plan {
  const at = new Map<string, number[]>();
  header.headings.forEach((heading, index) => {
    const plain = plainHeading(heading);
    if (plain !== '') at.set(plain, [...(at.get(plain) ?? []), index]);
  });
  const columns: Plan['columns'] = {};
  for (const [field, place] of Object.entries(preset.places) as [Field, Place][]) {
    const parts = headingsOf(place)
      .map((some) => some.flatMap((heading) => at.get(plainHeading(heading)) ?? []))
      .filter((part) => part.length > 0);
    if (parts.length > 0)
      columns[field] = { kind: Array.isArray(place) ? 'first' : 'sum' in place ? 'sum' : 'join', parts };
  }
  const used = [...new Set(Object.values(columns).flatMap(({ parts }) => parts.flat()))].sort((a, b) => a - b);
  const rest = header.headings.flatMap((heading, index) => (heading === '' || used.includes(index) ? [] : index));
  return {
    preset,
    header,
    columns,
    used,
    rest,
    date1904: choices.date1904 ?? false,
    mall: choices.mall ?? preset.mall,
    state: choices.state ?? null,
  };
}

/** The heading under which a field stands in this file: for messages. */
export function headingIn(plan: Plan, field: Field): string {
  const column = plan.columns[field]?.parts[0]?.[0];
  return (column === undefined ? undefined : plan.header.headings[column]) ?? field;
}
