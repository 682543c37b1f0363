import type { InputOf, ItemOf, OutputOf } from '#platform/web.ts';
import type { text } from './text.ts';

export type Change = ItemOf<'orders.listChanges'>;
export type Terms = OutputOf<'orders.changeTerms'>;
export type Wish = InputOf<'orders.change'>['wish'];
type T = (typeof text)['ko'];
type Told = Change['before'];

/** What is typed: kept while the dialog is open, whatever is refused. */
export type Typed = Record<
  'name' | 'phone' | 'phone2' | 'postcode' | 'address' | 'memo' | 'line' | 'product' | 'qty' | 'on' | 'hold',
  string
> & {
  kind: Wish['kind'];
  waive: boolean;
};

const filled = (text: string) => (text.trim() ? text.trim() : undefined);

/** What the typed fields wish; null while something is still missing. */
export function wishOf(typed: Typed): Wish | null {
  switch (typed.kind) {
    case 'RECIPIENT': {
      const { name, phone, phone2, postcode, address } = typed;
      const fields = Object.entries({ name, phone, phone2, postcode, address }).filter(([, value]) => filled(value));
      if (fields.length === 0) return null;
      return { kind: 'RECIPIENT', ...Object.fromEntries(fields), ...(typed.waive ? { waiveRemoteFee: true } : {}) };
    }
    case 'NOTE':
      return { kind: 'NOTE', memo: filled(typed.memo) ?? null };
    case 'OPTION':
      return typed.product ? { kind: 'OPTION', line: typed.line, product: typed.product } : null;
    case 'QUANTITY':
      return /^\d{1,4}$/.test(typed.qty) ? { kind: 'QUANTITY', line: typed.line, qty: Number(typed.qty) } : null;
    case 'DATE':
      return { kind: 'DATE', on: typed.on || null };
    case 'HOLD':
      return filled(typed.hold) ? { kind: 'HOLD', reason: typed.hold.trim() } : null;
    case 'RELEASE':
      return { kind: 'RELEASE' };
  }
}

const SHOWN = ['name', 'phone', 'phone2', 'postcode', 'address', 'memo', 'optionText', 'on', 'held'] as const;

/** What differs, for a line: `옵션 오트밀 / M → 오트밀 / L`. */
export function differences(before: Told, after: Told, t: T): { name: string; before: string; after: string }[] {
  const names = { name: t.name, phone: t.phone, phone2: t.phone2, postcode: t.postcode, address: t.address };
  const all = { ...names, memo: t.memo, optionText: t.OPTION, on: t.on, held: t.held };
  return SHOWN.filter((key) => key in after).map((key) => ({
    name: all[key],
    before: before[key] ?? t.none,
    after: after[key] ?? t.none,
  }));
}
