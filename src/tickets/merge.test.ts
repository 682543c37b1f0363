import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testWorld, type World } from '#app/testing-world.ts';
import { SYSTEM } from '#platform/actors.ts';
import { newId } from '#platform/values.ts';
import { tickets } from './contract.ts';
import { STATUSES } from './rules/status.ts';

let world: World;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.database.close());
const ops = tickets.operations;

async function newTicket(more: { subject?: string; text?: string; tags?: string[]; customer?: string } = {}) {
  const { customer = world.customer, ...rest } = more;
  const asked = { subject: '교환 문의', text: '바꾸고 싶습니다.', ...rest, customer: { id: customer } };
  return world.ask(ops.create, { channel: 'form', mall: 'own', ...asked });
}
const get = (id: string) => world.ask(ops.get, { id });
/** A ticket without what each change moves on. */
const asItIs = async (id: string) => ({ ...(await get(id)), version: 0, updatedAt: 0 });
const hear = (ticket: string, text: string) =>
  world.ask(
    ops.receive,
    {
      ...{ source: 'form', key: newId(), ticket, channel: 'form', mall: 'own', customer: { id: world.customer } },
      ...{ subject: '문의', text, at: new Date().toISOString() },
    },
    SYSTEM,
  );

test('tickets.merge: its number leads to the other, whose talk holds both, each message with where it was said', async () => {
  const one = await newTicket({ text: '옆선이 터졌어요', tags: ['하자'] });
  const into = await newTicket({ text: '사진 보냅니다', tags: ['사진'] });
  await world.ask(ops.setPriority, { id: one.id, priority: 'urgent' });
  const preview = await world.ask(ops.mergePreview, { id: one.id, number: into.number });
  expect(preview).toMatchObject({
    into: { id: into.id },
    moves: 1,
    total: 2,
    tags: ['사진', '하자'],
    priority: 'urgent',
  });
  await world.ask(ops.merge, { id: one.id, into: into.id });
  const both = await world.ask(ops.get, { number: one.number });
  const { waitingSince } = preview;
  expect(both).toMatchObject({ id: into.id, tags: ['사진', '하자'], priority: 'urgent', waitingSince });
  expect(both.messages.map(({ text, origin }) => [text, origin])).toEqual([
    ['옆선이 터졌어요', one.number],
    ['사진 보냅니다', null],
  ]);
  expect(both.merged).toMatchObject([{ id: one.id, number: one.number }]);
  expect((await world.ask(ops.list, { view: 'open', q: '옆선이' })).items.map(({ id }) => id)).toEqual([into.id]);
  await hear(one.id, '언제 되나요?');
  await world.ask(ops.note, { id: one.id, text: '합친 뒤의 메모' });
  expect((await get(into.id)).messages.map(({ text }) => text)).toContain('합친 뒤의 메모');
});

test('tickets.merge: a reply must have seen what was said on either', async () => {
  const one = await newTicket();
  const into = await newTicket();
  const seen = (await get(into.id)).messages.at(-1)?.id ?? '';
  await hear(one.id, '그리고 주소도요');
  await world.ask(ops.merge, { id: one.id, into: into.id });
  const stale = await world.refused(ops.reply, { id: into.id, text: '네', basedOn: seen });
  expect(stale.code).toBe('newer_message');
  const newest = (await get(into.id)).messages.at(-1)?.id ?? '';
  const { messageId } = await world.ask(ops.reply, { id: into.id, text: '네', basedOn: newest });
  await world.ask(ops.markDelivery, { id: one.id, message: messageId, outcome: 'sent' }, SYSTEM);
  expect((await get(into.id)).waitingSince).toBeNull();
});

test('tickets.merge and tickets.mergePreview: refuse another customer, itself, an unknown one, and one that is merged', async () => {
  const one = await newTicket();
  const strange = await newTicket({ customer: world.stranger });
  for (const op of [ops.merge, ops.mergePreview]) {
    expect((await world.refused(op, { id: one.id, into: strange.id })).code).toBe('other_customer');
    expect((await world.refused(op, { id: one.id, into: one.id })).code).toBe('same_ticket');
    expect((await world.refused(op, { id: one.id, into: newId() })).code).toBe('no_other');
    expect((await world.refused(op, { id: one.id, number: 999_999 })).code).toBe('no_other');
  }
  expect((await world.refused(ops.unmerge, { id: one.id })).code).toBe('not_merged');
  const into = await newTicket();
  await world.ask(ops.merge, { id: one.id, into: into.id });
  expect((await world.refused(ops.merge, { id: one.id, into: strange.id })).code).toBe('same_ticket');
  expect((await world.refused(ops.merge, { id: into.id, into: one.id })).code).toBe('same_ticket');
});

const act = fc.oneof(
  fc.record({ do: fc.constant('status' as const), status: fc.constantFrom(...STATUSES) }),
  fc.record({ do: fc.constant('priority' as const), priority: fc.constantFrom('low', 'high', 'urgent') }),
  fc.record({ do: fc.constant('tag' as const), tag: fc.constantFrom('가', '나', '다') }),
  fc.record({ do: fc.constantFrom('hear' as const, 'reply' as const, 'snooze' as const, 'note' as const) }),
);
type Act = { do: string; status?: (typeof STATUSES)[number]; priority?: string; tag?: string };

async function play(id: string, one: Act): Promise<void> {
  if (one.do === 'status' && one.status) await world.ask(ops.setStatus, { id, status: one.status });
  if (one.do === 'priority') await world.ask(ops.setPriority, { id, priority: one.priority as 'low' });
  if (one.do === 'tag') await world.ask(ops.tag, { id, add: [one.tag ?? ''] });
  if (one.do === 'hear') await hear(id, '그리고요?');
  if (one.do === 'note') await world.ask(ops.note, { id, text: '메모' });
  if (one.do === 'snooze') await world.ask(ops.snooze, { id, until: '2099-01-01T09:00:00+09:00' });
  if (one.do === 'reply') {
    const { messageId } = await world.ask(ops.reply, { id, text: '네' });
    await world.ask(ops.markDelivery, { id, message: messageId, outcome: 'sent' }, SYSTEM);
  }
}

test('tickets.unmerge: whatever happened to two tickets before, merging and taking it back gives the same two', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 4 }), fc.array(act, { maxLength: 4 }), async (mine, theirs) => {
      const one = await newTicket();
      const into = await newTicket();
      for (const step of mine) await play(one.id, step);
      for (const step of theirs) await play(into.id, step);
      const before = [await asItIs(one.id), await asItIs(into.id)];
      await world.ask(ops.merge, { id: one.id, into: into.id });
      await world.ask(ops.unmerge, { id: one.id });
      expect([await asItIs(one.id), await asItIs(into.id)]).toEqual(before);
    }),
    { numRuns: 12 },
  );
}, 120_000);

test('tickets.split and tickets.unsplit: chosen messages go on on a linked ticket, and come back with what was said since', async () => {
  const { id } = await newTicket({ text: '배송이 늦어요' });
  const { message } = await hear(id, '환불도 아직이에요');
  const before = await asItIs(id);
  const refused = (messages: string[]) => world.refused(ops.split, { id, messages, subject: '환불 문의' });
  expect((await refused([newId()])).code).toBe('no_message');
  expect((await refused(before.messages.map((one) => one.id))).code).toBe('nothing_left');
  const part = await world.ask(ops.split, { id, messages: [message], subject: '환불 문의' });
  expect((await get(id)).messages.map(({ text }) => text)).toEqual(['배송이 늦어요']);
  const own = await get(part.id);
  expect(own).toMatchObject({ subject: '환불 문의', status: 'open', customer: { id: world.customer } });
  expect(own.messages.map(({ text }) => text)).toEqual(['환불도 아직이에요']);
  expect(own.waitingSince).not.toBeNull();
  expect((await world.ask(ops.around, { id: part.id })).links).toMatchObject([{ id, kind: 'split_from' }]);
  expect((await world.ask(ops.list, { q: '환불도' })).items.map((one) => one.id)).toEqual([part.id]);
  await world.ask(ops.note, { id: part.id, text: '나눈 뒤의 메모' });
  await world.ask(ops.unsplit, { id: part.id });
  const after = await asItIs(id);
  expect(after.messages.map(({ text }) => text)).toEqual(['배송이 늦어요', '환불도 아직이에요', '나눈 뒤의 메모']);
  expect({ ...after, messages: 0, merged: 0 }).toEqual({ ...before, messages: 0, merged: 0 });
  expect((await world.ask(ops.get, { number: part.number })).id).toBe(id);
  expect((await world.refused(ops.unsplit, { id: part.id })).code).toBe('not_split');
});

test('a merge cannot be taken back as a mere change of fields', async () => {
  const one = await newTicket({ tags: ['하나'] });
  const into = await newTicket();
  const { version } = await world.ask(ops.merge, { id: one.id, into: into.id });
  expect((await world.refused(ops.undo, { id: into.id, version })).code).toBe('nothing_to_undo');
});
