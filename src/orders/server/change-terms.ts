import { handle } from '#platform/context.ts';
import { notFound, Refusal } from '#platform/operation.ts';
import { orders } from '../contract.ts';
import { goodsFor, judgeChange, whoseYes } from '../rules/changes.ts';
import { groundOf, named, optionsOf, readBook } from './change-ground.ts';

const dateOf = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));

/** Until when an order can be changed, whose yes it takes, and what each line could be instead. */
export const changeTerms = handle(orders.operations.changeTerms, async (ctx, { order: id }) => {
  const book = await readBook(ctx, id);
  if (!book) return notFound();
  const ground = await groundOf(ctx, id, book, []);
  const any = goodsFor(book, 'HOLD', null);
  const whole = any instanceof Refusal ? { needs: [], deadlineAt: null, late: false } : whoseYes(ground, 'HOLD', any);
  const lines = any instanceof Refusal ? [] : book.order.lines;
  return {
    version: book.version,
    refused: any instanceof Refusal ? refusedAs(any.code) : null,
    deadlineAt: dateOf(whole.deadlineAt),
    late: whole.late,
    needs: await named(ctx, whole.needs),
    held: book.hold?.reason ?? null,
    desiredOn: book.desiredOn,
    lines: await Promise.all(
      lines.map(async (line) => ({
        line: line.id,
        name: line.name,
        optionText: line.optionText,
        qty: line.qty,
        options: (await optionsOf(ctx, line)).map(({ sku: _, ...option }) => option),
      })),
    ),
  };
});

const refusedAs = (code: string): 'at_mall' | 'already_left' | 'over' =>
  code === 'at_mall' || code === 'already_left' ? code : 'over';

/** What a change would do; the same rule as the change itself. */
export const previewChange = handle(orders.operations.previewChange, async (ctx, { order: id, wish }) => {
  const book = await readBook(ctx, id);
  if (!book) return notFound();
  const lines = wish.kind === 'OPTION' ? book.order.lines.filter((line) => line.id === wish.line) : [];
  const judged = judgeChange(await groundOf(ctx, id, book, lines), wish);
  if (judged instanceof Refusal) return judged;
  const { before, after, late } = judged;
  return {
    before,
    after,
    late,
    needs: await named(ctx, judged.needs),
    deadlineAt: dateOf(judged.deadlineAt),
    moneyKrw: 0,
  };
});
