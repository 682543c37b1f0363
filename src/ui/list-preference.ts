import { preference, setPreference } from '#platform/preferences.ts';

export type Density = 'normal' | 'dense';

/** How a person keeps a list: what differs from how it came. */
export type ListPreference = {
  hidden?: readonly string[] | undefined;
  order?: readonly string[] | undefined;
  widths?: Readonly<Record<string, number>> | undefined;
  density?: Density | undefined;
  filter?: Readonly<Record<string, string>> | undefined;
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const texts = (value: unknown) => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : undefined);
const only = <T>(value: unknown, fits: (one: unknown) => boolean) =>
  isRecord(value)
    ? (Object.fromEntries(Object.entries(value).filter(([, one]) => fits(one))) as Record<string, T>)
    : undefined;

/** What was kept, by whatever version, as far as it can be read. */
export function asListPreference(kept: unknown): ListPreference {
  if (!isRecord(kept)) return {};
  return {
    hidden: texts(kept.hidden),
    order: texts(kept.order),
    widths: only<number>(kept.widths, (one) => typeof one === 'number' && one >= MIN_WIDTH && one <= MAX_WIDTH),
    density: kept.density === 'dense' ? 'dense' : undefined,
    filter: only<string>(kept.filter, (one) => typeof one === 'string' && one !== ''),
  };
}

export const MIN_WIDTH = 48;
export const MAX_WIDTH = 900;

/** Changes a part of it; the rest stays as it is now, whoever changed it last. */
export function keepOfList(id: string, change: ListPreference): void {
  const name = `list.${id}`;
  const next = { ...asListPreference(preference(name)), ...change };
  const given = Object.entries(next).filter(([, value]) => value !== undefined);
  setPreference(name, given.length > 0 ? Object.fromEntries(given) : null);
}
