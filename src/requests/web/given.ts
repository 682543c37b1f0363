import type { Field } from '../rules/kinds.ts';

/** What somebody typed into the fields of a question or an answer. */
export type Given = { [F in Field]?: string };
export const FIELD_TYPES: Partial<Record<Field, string>> = { on: 'date', qty: 'number' };

type Facts = { [F in Exclude<Field, 'qty'>]?: string } & { qty?: number };

/** What was typed into some of the fields, as the server takes it. */
export function filled(given: Given, fields: readonly Field[]): Facts {
  const { qty, ...texts } = Object.fromEntries(
    fields.flatMap((field) => (given[field]?.trim() ? [[field, given[field]]] : [])),
  ) as Given;
  return { ...texts, ...(qty ? { qty: Number(qty) } : {}) };
}
