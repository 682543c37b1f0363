import { headingIn, type Plan } from './plan.ts';
import type { Field } from './preset.ts';
import type { Facts } from './read-row.ts';
import type { Problem } from './reasons.ts';

/** One line of an order and its discount. */
export type ReadLine = {
  line: {
    id: string;
    group: string;
    sku: string;
    name: string;
    optionText: string | null;
    listPrice: number;
    qty: number;
    lineTotal: number;
    productNo?: string;
    rawStatus?: string;
    solutionNo?: string;
  };
  benefit: {
    id: string;
    kind: 'PRODUCT';
    amount: number;
    lines: string[];
    funder?: { seller: number; platform: number };
  } | null;
};

type Money = { listPrice: number; discount: number; lineTotal: number };

/** The line of a row; `place` is its place among the rows of its order, from 1. */
export function lineOf(plan: Plan, facts: Facts, place: number): ReadLine | { problem: Problem } {
  const missing = missingOf(plan, facts);
  if (missing) return { problem: { code: 'missing_value', about: headingIn(plan, missing) } };
  const money = moneyOf(plan, facts);
  if ('problem' in money) return money;
  const { preset } = plan;
  const named = preset.line !== 'place' && preset.line.some((field) => plan.columns[field]);
  // A template without the column that names its lines: they are told apart by their place.
  const id = named ? lineName(preset.line as readonly Field[], facts) : String(place);
  const group = preset.bundle === 'order' ? String(facts.orderNo) : (facts.group ?? 'g1');
  const name = nameOf(facts.name ?? facts.sku ?? '');
  return {
    line: {
      id,
      group,
      sku: facts.sku ?? facts.productNo ?? name,
      name,
      optionText: optionOf(facts),
      listPrice: money.listPrice,
      qty: facts.qty ?? 0,
      lineTotal: money.lineTotal,
      ...(facts.productNo ? { productNo: facts.productNo } : {}),
      ...((facts.rawStatus ?? plan.state) ? { rawStatus: facts.rawStatus ?? plan.state ?? '' } : {}),
      ...(facts.solutionNo ? { solutionNo: facts.solutionNo } : {}),
    },
    benefit: money.discount > 0 ? benefitOf(plan, facts, id, money.discount) : null,
  };
}

const lineName = (fields: readonly Field[], facts: Facts): string =>
  fields.map((field) => facts[field] ?? '').join('/');

function missingOf({ preset, columns }: Plan, facts: Facts): Field | null {
  const needed: Field[] = ['orderNo', 'qty', preset.priceFromTotal ? 'lineTotal' : 'price'];
  if (preset.discountFromTotal && columns.lineTotal) needed.push('lineTotal');
  if (preset.line !== 'place') {
    const own = preset.line.filter((field) => field !== 'optionText' && field !== 'name');
    needed.push(...own.filter((field) => columns[field]));
  }
  const gone = needed.find((field) => facts[field] === undefined);
  if (gone) return gone;
  if (facts.name === undefined && facts.sku === undefined) return 'name';
  const dated = facts.orderedAt !== undefined || facts.paidAt !== undefined || /^20\d{6}/.test(facts.orderNo ?? '');
  return dated ? null : columns.orderedAt || !columns.paidAt ? 'orderedAt' : 'paidAt';
}

function moneyOf(plan: Plan, facts: Facts): Money | { problem: Problem } {
  const { preset } = plan;
  const qty = facts.qty ?? 0;
  const told = facts.lineTotal;
  if (preset.priceFromTotal) {
    // A total that the quantity does not divide: the next higher price, and the rest as the discount that it is.
    const listPrice = Math.ceil((told ?? 0) / qty);
    return { listPrice, discount: listPrice * qty - (told ?? 0), lineTotal: told ?? 0 };
  }
  const listPrice = facts.price ?? 0;
  const gross = listPrice * qty;
  const discount = preset.discountFromTotal && told !== undefined ? gross - told : (facts.discount ?? 0);
  const lineTotal = gross - discount;
  const mismatch = (field: Field, seen: string) => ({
    problem: { code: 'sum_mismatch' as const, about: headingIn(plan, field), seen },
  });
  if (discount < 0) return mismatch('lineTotal', `${told} > ${gross}`);
  if (lineTotal < 0) return mismatch('discount', `${discount} > ${gross}`);
  if (preset.checks?.includes('lineTotal') && told !== undefined && told !== lineTotal)
    return mismatch('lineTotal', `${told} ≠ ${lineTotal}`);
  if (preset.checks?.includes('gross') && facts.gross !== undefined && facts.gross !== gross)
    return mismatch('gross', `${facts.gross} ≠ ${gross}`);
  return { listPrice, discount, lineTotal };
}

function benefitOf({ preset, columns }: Plan, facts: Facts, line: string, amount: number): ReadLine['benefit'] {
  const seller = preset.funder === 'seller' ? 100 : sharesOf(facts.sellerDiscount, amount, columns.sellerDiscount);
  const funder = seller === null ? {} : { funder: { seller, platform: 100 - seller } };
  return { id: `d:${line}`, kind: 'PRODUCT', amount, lines: [line], ...funder };
}

/** The seller's part in whole percent; null when the file does not split it. */
function sharesOf(seller: number | undefined, amount: number, column: unknown): number | null {
  if (!column) return null;
  return Math.min(100, Math.round((100 * (seller ?? 0)) / amount));
}

/** Cafe24's 주문상품명(옵션포함) is `상품명(이름=값, 이름=값)`: the option is what stands in the last brackets. */
const WITH_OPTION = /^(.*\S)\s*\(([^()]*=[^()]*)\)$/;
const nameOf = (text: string): string => WITH_OPTION.exec(text)?.[1] ?? text;

function optionOf(facts: Facts): string | null {
  const text = facts.optionText;
  if (!text || /^(single color|옵션없음|옵션 없음|단일상품|-)$/i.test(text)) return null;
  const cut = WITH_OPTION.exec(text);
  if (cut) return cut[2] ?? null;
  // The same cell gave the name: it has no brackets, so no option.
  return text === facts.name ? null : text;
}
