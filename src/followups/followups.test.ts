import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { testWorld, type World } from '#app/testing-world.ts';
import { actorWith } from '#platform/actors.ts';
import { pause } from '#platform/leader.ts';
import type { Input } from '#platform/operation.ts';
import { newId } from '#platform/values.ts';
import { tickets } from '#tickets/contract.ts';
import { followups } from './contract.ts';

let world: World;
const ops = followups.operations;
const admin = actorWith('admin');
const other = actorWith('agent', {}, newId());
const lead = newId();
const gone = { status: 404, code: 'not_found' };
const refusedAs = (code: string) => ({ status: 409, code });
const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

beforeAll(async () => {
  world = await testWorld();
  const db = world.database.write;
  await sql`insert into person (id, name, email) values (${lead}, '최유나', 'lead@example.com'), (${other.id}, '이하은', 'a2@example.com')`.execute(
    db,
  );
  await sql`insert into role_grant (id, person_id, role, centres) values (${newId()}, ${lead}, 'shift_lead', array['own'])`.execute(
    db,
  );
  for (const id of [lead, other.id, world.person]) await signedIn(id);
});
afterAll(() => world.database.close());
beforeEach(async () => {
  const db = world.database.write;
  await sql`delete from call_attempt`.execute(db);
  await sql`delete from call_back`.execute(db);
  await sql`delete from reply_promise`.execute(db);
  await sql`update ticket set status = 'open', assignee = null, centre = case when mall = 'own' then 'own' else centre end`.execute(
    db,
  );
});

const signedIn = (id: string) =>
  sql`insert into session (id, expires_at, token, updated_at, person_id)
    values (${newId()}, now() + interval '1 hour', ${newId()}, now(), ${id})`.execute(world.database.write);

type Promised = Partial<Input<typeof ops.promiseReply>>;
const promise = async (more: Promised = {}) =>
  (await world.ask(ops.promiseReply, { ticket: world.ticket, dueAt: inHours(3), channel: 'phone', ...more })).id;
const callBack = async (more: Partial<Input<typeof ops.askCallBack>> = {}) =>
  (await world.ask(ops.askCallBack, { ticket: world.ticket, about: '교환 절차', askedBy: 'customer', ...more })).id;
const shown = async (id: string) => {
  const { items } = await world.ask(ops.listPromises, { ticket: world.ticket });
  return items.find((row) => row.id === id);
};
const called = async (id: string) => {
  const { items } = await world.ask(ops.listCallBacks, { ticket: world.ticket });
  return items.find((row) => row.id === id);
};
/** As if it had been promised so long ago. */
const shift = (id: string, column: string, hours: number) =>
  sql`update reply_promise set ${sql.ref(column)} = now() + ${hours} * interval '1 hour' where id = ${id}`.execute(
    world.database.write,
  );

/** What the channel says of our newest reply. */
async function deliver(outcome: 'sent' | 'failed'): Promise<void> {
  const { messages } = await world.ask(tickets.operations.get, { id: world.ticket });
  const message = messages.findLast(({ kind }) => kind === 'outbound')?.id ?? '';
  await world.ask(tickets.operations.markDelivery, { id: world.ticket, message, outcome }, admin);
}

test('followups.promiseReply: stands in followups.todo, the own list, by its time; one a ticket; not on a done one, not for the past', async () => {
  const id = await promise({ note: '환불 결과' });
  const { items } = await world.ask(ops.todo, {});
  expect(items).toMatchObject([
    { kind: 'promise', id, overdue: false, customer: { name: '김*연' }, note: '환불 결과' },
  ]);
  expect((await world.ask(ops.todo, {}, other)).items).toEqual([]);
  const again = { ticket: world.ticket, dueAt: inHours(4), channel: 'phone' as const };
  expect(await world.refused(ops.promiseReply, again)).toEqual(refusedAs('already_promised'));
  expect(await world.refused(ops.promiseReply, { ...again, dueAt: inHours(-1) })).toEqual(refusedAs('due_past'));
  expect(await world.refused(ops.promiseReply, { ...again, dueAt: inHours(24 * 91) })).toEqual(
    refusedAs('due_too_far'),
  );
  expect(await world.refused(ops.promiseReply, again, world.outside)).toEqual(gone);
  await world.ask(ops.withdrawPromise, { id, reason: '고객이 취소함' });
  await sql`update ticket set status = 'solved' where id = ${world.ticket}`.execute(world.database.write);
  expect(await world.refused(ops.promiseReply, again)).toEqual(refusedAs('ticket_done'));
});

test('followups.terms: times within the hours of the centre, and the masked number', async () => {
  const terms = await world.ask(ops.terms, { ticket: world.ticket });
  expect(terms).toMatchObject({ centre: 'own', opens: '09:00', closes: '18:00', phone: '010-****-1234' });
  expect(terms.suggestions.length).toBeGreaterThan(1);
});

test('followups.movePromise, followups.withdrawPromise: only while it is open, moving only before its time', async () => {
  const id = await promise();
  expect(await world.ask(ops.movePromise, { id, dueAt: inHours(6), note: '내일로' })).toMatchObject({ moved: 1 });
  expect(await world.refused(ops.movePromise, { id, dueAt: inHours(-6) })).toEqual(refusedAs('due_past'));
  await shift(id, 'due_at', -0.1);
  expect(await world.refused(ops.movePromise, { id, dueAt: inHours(6) })).toEqual(refusedAs('promise_overdue'));
  expect(await world.ask(ops.withdrawPromise, { id, reason: '고객이 취소함' })).toEqual({ state: 'withdrawn' });
  expect(await world.refused(ops.withdrawPromise, { id, reason: '또' })).toEqual(refusedAs('promise_settled'));
  expect(await shown(id)).toMatchObject({ state: 'withdrawn', reason: '고객이 취소함', moved: 1 });
});

test('followups.followTicket: a reply that was sent keeps the promise, a late one is late, one that waits or failed is none', async () => {
  const id = await promise();
  await world.ask(ops.followTicket, { ticket: world.ticket }, admin);
  expect(await shown(id)).toMatchObject({ state: 'open' });
  await world.ask(tickets.operations.reply, { id: world.ticket, text: '오늘 환불되었습니다.' });
  await deliver('failed');
  expect(await world.ask(ops.followTicket, { ticket: world.ticket }, admin)).toEqual({ settled: 0, changed: 0 });
  await deliver('sent');
  expect(await world.ask(ops.followTicket, { ticket: world.ticket }, admin)).toEqual({ settled: 1, changed: 0 });
  expect(await shown(id)).toMatchObject({ state: 'kept' });

  const second = await promise();
  await shift(second, 'due_at', -0.001);
  await pause(5, new AbortController().signal);
  await world.ask(tickets.operations.reply, { id: world.ticket, text: '늦어 죄송합니다.' });
  await deliver('sent');
  await shift(second, 'due_at', -1);
  await world.ask(ops.followTicket, { ticket: world.ticket }, admin);
  expect(await shown(second)).toMatchObject({ state: 'late' });
  expect(await world.refused(ops.followTicket, { ticket: newId() }, admin)).toEqual(gone);
});

test('a reply is followed by itself, and a new assignee gets the promise', async () => {
  await world.withJobs(async () => {
    const id = await promise();
    await world.ask(tickets.operations.assign, { id: world.ticket, assignee: other.id });
    const until = async (done: () => Promise<boolean>) => {
      for (let wait = 0; wait < 200 && !(await done()); wait++) await pause(50, new AbortController().signal);
    };
    await until(async () => (await shown(id))?.owner.id === other.id);
    expect((await world.ask(ops.todo, {}, other)).items).toMatchObject([{ id, coverFor: null }]);
    await world.ask(tickets.operations.reply, { id: world.ticket, text: '확인했습니다.' });
    await deliver('sent');
    await until(async () => (await shown(id))?.state === 'kept');
    expect(await shown(id)).toMatchObject({ state: 'kept', owner: { name: '이하은' } });
  });
});

test('followups.checkDue and followups.listPromises: reminds, tells what is late, decides what is broken; each once', async () => {
  const id = await promise();
  expect(await world.ask(ops.checkDue, {}, admin)).toMatchObject({ reminded: 0, overdue: 0, broken: 0 });
  await shift(id, 'remind_at', -0.1);
  expect(await world.ask(ops.checkDue, {}, admin)).toMatchObject({ reminded: 1, overdue: 0 });
  expect(await world.ask(ops.checkDue, {}, admin)).toMatchObject({ reminded: 0 });
  await shift(id, 'due_at', -0.1);
  expect(await world.ask(ops.checkDue, {}, admin)).toMatchObject({ overdue: 1, broken: 0 });
  expect((await world.ask(ops.listPromises, { view: 'overdue' })).items).toMatchObject([{ id, overdue: true }]);
  await shift(id, 'broken_at', -0.1);
  expect(await world.ask(ops.checkDue, {}, admin)).toMatchObject({ overdue: 0, broken: 1 });
  expect(await shown(id)).toMatchObject({ state: 'broken', answeredAt: null });
});

test('a promise of somebody who is off goes to the shift lead, who sees whose it is', async () => {
  const id = await promise();
  await sql`update person set disabled_at = now() where id = ${world.person}`.execute(world.database.write);
  await shift(id, 'remind_at', -0.1);
  await world.ask(ops.checkDue, {}, admin);
  await sql`update person set disabled_at = null where id = ${world.person}`.execute(world.database.write);
  const mine = await world.ask(ops.todo, {}, actorWith('shift_lead', {}, lead));
  expect(mine.items).toMatchObject([{ id, coverFor: '시험 agent' }]);
  expect(await shown(id)).toMatchObject({ cover: { name: '최유나' }, owner: { id: world.person } });
});

test('somebody who is away from the desk is off too', async () => {
  const id = await promise();
  await world.ask(tickets.operations.setMyState, { state: 'away', reason: '식사' });
  await shift(id, 'remind_at', -0.1);
  await world.ask(ops.checkDue, {}, admin);
  expect(await shown(id)).toMatchObject({ cover: { name: '최유나' } });
  await world.ask(tickets.operations.setMyState, { state: 'ready' });
});

test('followups.keptRates: kept, late and broken by agent and centre; withdrawn ones stand apart', async () => {
  for (const state of ['kept', 'kept', 'late', 'broken', 'withdrawn']) {
    const id = await promise();
    await sql`update reply_promise set state = ${state}, settled_at = now() where id = ${id}`.execute(
      world.database.write,
    );
  }
  const rates = await world.ask(ops.keptRates, {});
  const row = { kept: 2, late: 1, broken: 1, withdrawn: 1, rate: 0.5 };
  expect(rates).toMatchObject({ total: row, centres: [{ centre: 'own', ...row }], agents: [row] });
  expect((await world.ask(ops.keptRates, { to: '2026-01-01' })).total.rate).toBeNull();
  expect((await world.ask(ops.keptRates, {}, world.outside)).agents).toEqual([]);
});

test('followups.askCallBack: the customer is called while the centre is open; impossible times are refused', async () => {
  const id = await callBack();
  expect(await called(id)).toMatchObject({
    phone: '010-****-1234',
    state: 'open',
    missed: 0,
    ticket: { id: world.ticket },
  });
  const ask = { ticket: world.ticket, about: '교환', askedBy: 'agent' as const };
  const night = { from: '2026-12-07T21:00:00+09:00', until: '2026-12-07T23:00:00+09:00' };
  expect(await world.refused(ops.askCallBack, { ...ask, ...night })).toEqual(refusedAs('closed_then'));
  expect(await world.refused(ops.askCallBack, { ...ask, from: night.until, until: night.from })).toEqual(
    refusedAs('window_backwards'),
  );
  await sql`update customer set phone = null where id = ${world.stranger}`.execute(world.database.write);
  expect(await world.refused(ops.askCallBack, { ...ask, ticket: world.strangeTicket })).toEqual(
    refusedAs('phone_unknown'),
  );
  expect(await world.refused(ops.askCallBack, ask, world.outside)).toEqual(gone);
});

test('followups.claimCallBack, followups.releaseCallBack, followups.showPhone: one at a time, and only who calls sees the number', async () => {
  const id = await callBack();
  expect(await world.refused(ops.showPhone, { id })).toEqual(refusedAs('claim_first'));
  expect(await world.refused(ops.releaseCallBack, { id })).toEqual(refusedAs('not_claimed'));
  await world.ask(ops.claimCallBack, { id });
  expect(await world.ask(ops.showPhone, { id })).toEqual({ phone: '010-0000-1234' });
  expect(await world.refused(ops.claimCallBack, { id }, other)).toEqual(refusedAs('taken'));
  expect(await world.refused(ops.recordCall, { callBack: id, outcome: 'reached' }, other)).toEqual(refusedAs('taken'));
  expect((await world.ask(ops.listCallBacks, { view: 'mine' })).items.map((row) => row.id)).toEqual([id]);
  await world.ask(ops.releaseCallBack, { id });
  await world.ask(ops.claimCallBack, { id }, other);
});

test('followups.recordCall, followups.listCallBacks, followups.giveUpCallBack: 부재 1·2·3차, then given up with a reason; whoever is reached ends it', async () => {
  const id = await callBack();
  expect(await world.refused(ops.recordCall, { callBack: id, outcome: 'busy' })).toEqual(refusedAs('claim_first'));
  for (let missed = 1; missed <= 3; missed++) {
    await world.ask(ops.claimCallBack, { id });
    const answer = await world.ask(ops.recordCall, { callBack: id, outcome: 'no_answer', note: `${missed}차` });
    expect(answer).toMatchObject({ missed, over: false });
    expect(answer.nextAt?.getTime()).toBeGreaterThan(Date.now());
  }
  expect(await called(id)).toMatchObject({
    missed: 3,
    enough: true,
    claimedBy: null,
    attempts: [{ note: '1차' }, {}, {}],
  });
  expect(await world.ask(ops.giveUpCallBack, { id, reason: '부재 3차' })).toEqual({ state: 'given_up' });
  expect(await world.refused(ops.claimCallBack, { id })).toEqual(refusedAs('call_back_over'));
  const second = await callBack();
  await world.ask(ops.claimCallBack, { id: second });
  expect(await world.ask(ops.recordCall, { callBack: second, outcome: 'reached' })).toMatchObject({ over: true });
  expect((await world.ask(ops.listCallBacks, { view: 'ended' })).items).toHaveLength(2);
});

test('followups.recordCall keeps a promise when somebody was reached, by its own call or by a call-back of the ticket', async () => {
  const own = await promise();
  expect(await world.ask(ops.recordCall, { promise: own, outcome: 'no_answer' })).toMatchObject({
    missed: 1,
    over: false,
  });
  expect(await world.ask(ops.recordCall, { promise: own, outcome: 'reached' })).toMatchObject({ over: true });
  expect(await shown(own)).toMatchObject({ state: 'kept' });
  expect(await world.refused(ops.recordCall, { promise: own, outcome: 'reached' })).toEqual(
    refusedAs('promise_settled'),
  );
  const second = await promise();
  const id = await callBack();
  await world.ask(ops.claimCallBack, { id });
  await world.ask(ops.recordCall, { callBack: id, outcome: 'reached' });
  expect(await shown(second)).toMatchObject({ state: 'kept' });
});

test('a due call-back of somebody who has gone is everybody’s again, and follows its ticket to another centre', async () => {
  const id = await callBack();
  await world.ask(ops.claimCallBack, { id });
  await sql`update call_back set due_at = now() - interval '1 minute' where id = ${id}`.execute(world.database.write);
  await sql`update person set disabled_at = now() where id = ${world.person}`.execute(world.database.write);
  expect(await world.ask(ops.checkDue, {}, admin)).toMatchObject({ callBacks: 1 });
  await sql`update person set disabled_at = null where id = ${world.person}`.execute(world.database.write);
  expect(await called(id)).toMatchObject({ claimedBy: null, overdue: true });
  expect((await world.ask(ops.todo, {})).callBacksDue).toBe(1);
  await sql`update ticket set centre = 'outsourced' where id = ${world.ticket}`.execute(world.database.write);
  expect(await world.ask(ops.followTicket, { ticket: world.ticket }, admin)).toEqual({ settled: 0, changed: 1 });
  expect(await called(id)).toMatchObject({ centre: 'outsourced' });
});
