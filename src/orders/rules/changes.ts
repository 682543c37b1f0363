import { refuse } from '#platform/operation.ts';
import { changeDeadline } from './change-deadline.ts';
import { WAREHOUSE } from './change-state.ts';
import { toldOf } from './change-told.ts';
import { cutoffOf, type Goods, type Ground, type Judged, packerOf, type Wish } from './change-wish.ts';
import type { Line } from './order.ts';
import { type OrderBook, unitStages } from './order-book.ts';
import { isBeforeShipping, isTerminalStage } from './unit.ts';

/**
 * Whether a change may be made now, what it changes, until when it is easy and whose yes it needs. Money never moves
 * here: what would move it is refused, with what is possible instead. Refuses `at_mall`, `over`, `already_left`,
 * `nothing_changes`, `change_waiting`, `no_such_line`, and what the kind adds (`change-told.ts`).
 */
export function judgeChange(ground: Ground, wish: Wish) {
  const line = 'line' in wish ? wish.line : null;
  const goods = goodsFor(ground.book, wish.kind, line);
  if ('code' in goods) return goods;
  const same = (row: Ground['waiting'][number]) => row.kind === wish.kind && row.line === line;
  if (ground.waiting.some(same)) return refuse('change_waiting', {});
  const told = toldOf(ground, wish, goods);
  if (!('after' in told)) return told;
  if (Object.keys(told.after).length === 0) return refuse('nothing_changes', {});
  return { ...told, ...whoseYes(ground, wish.kind, goods) } satisfies Judged;
}

/**
 * The pieces that a change of this kind is about, as long as they are here. Goods that have left stop what goes for the
 * whole parcel; a date or a hold may still concern the rest. Asked again when the last yes comes.
 */
export function goodsFor(book: OrderBook, kind: Wish['kind'], line: string | null) {
  if (book.order.authority === 'MALL') return refuse('at_mall', { mall: book.order.mall });
  const lines = book.order.lines.filter(({ id }) => line === null || id === line);
  if (lines.length === 0) return refuse('no_such_line', {});
  const goods = goodsOf(book, lines);
  if (goods.inside === 0) return refuse('over', {});
  const partly = kind === 'DATE' || kind === 'HOLD' || kind === 'RELEASE';
  if (partly ? goods.waiting.length === 0 : goods.left > 0) return refuse('already_left', { pieces: goods.left });
  return goods;
}

function goodsOf(book: OrderBook, lines: readonly Line[]): Goods {
  const stages = unitStages(book);
  const wanted = new Set(lines.map(({ id }) => id));
  const pieces = book.order.lines.flatMap((line) => Array.from({ length: line.qty }, () => line));
  const waiting: Goods['waiting'] = [];
  let inside = 0;
  pieces.forEach((line, index) => {
    const stage = stages[index]!;
    if (!wanted.has(line.id) || isTerminalStage(stage)) return;
    inside++;
    if (isBeforeShipping(stage)) waiting.push({ line, stage });
  });
  return { lines, waiting, inside, left: inside - waiting.length };
}

/**
 * Whose yes it needs. Before the payment nobody has it to pack. A partner packs its own goods and says yes to every
 * change of them; our warehouse only when it has begun: past its cut-off, or with a parcel prepared (a waybill without
 * a scan counts as that). Ending a hold asks nobody.
 */
export function whoseYes(
  ground: Ground,
  kind: Wish['kind'],
  goods: Goods,
): Pick<Judged, 'needs' | 'deadlineAt' | 'late'> {
  const needs = new Set<string>();
  let deadlineAt: number | null = null;
  let late = false;
  for (const { line, stage } of goods.waiting) {
    const partner = packerOf(line);
    const until = deadlineOf(ground, partner);
    if (until !== null) deadlineAt = Math.min(deadlineAt ?? until, until);
    const begun = stage === 'PREPARING' || (until !== null && until < ground.now);
    if (begun) late = true;
    if (kind === 'RELEASE' || stage === 'UNPAID') continue;
    if (partner) needs.add(partner);
    else if (begun) needs.add(WAREHOUSE);
  }
  return { needs: [...needs].toSorted(), deadlineAt, late };
}

function deadlineOf(ground: Ground, partner: string | null): number | null {
  const { order, hold, desiredOn, releasedAt } = ground.book;
  return changeDeadline(
    { paidAt: order.paidAt, held: hold !== null, desiredOn, releasedAt },
    cutoffOf(ground, partner),
  );
}
